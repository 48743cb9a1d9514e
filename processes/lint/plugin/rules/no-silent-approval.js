const { graphRule } = require('../graph/findings');

/** Silence never approves: no path on which only time passes gets to an approving end or flow. */
module.exports = graphRule('no-silent-approval');
