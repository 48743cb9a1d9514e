const { graphRule } = require('../graph/findings');

/** Nothing waits without a deadline. */
module.exports = graphRule('no-orphan');
