const { graphRule } = require('../graph/findings');

/** The agent is told once, after the conclusion. */
module.exports = graphRule('handed-back');
