const { graphRule } = require('../graph/findings');

/** A request is concluded once, by the chain itself, after all reviews and before every end. */
module.exports = graphRule('concluded-once');
