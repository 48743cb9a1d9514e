const { graphRule } = require('../graph/findings');

/** Every element is reached, and from every element an end. */
module.exports = graphRule('dead-ends');
