const { graphRule } = require('../graph/findings');

/** No approval without a review by people. */
module.exports = graphRule('person-asked');
