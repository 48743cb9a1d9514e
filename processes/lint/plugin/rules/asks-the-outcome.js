const { graphRule } = require('../graph/findings');

/** What an end says is what the recorded outcome was asked for. */
module.exports = graphRule('asks-the-outcome');
