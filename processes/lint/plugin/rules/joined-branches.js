const { graphRule } = require('../graph/findings');

/** Each parallel gateway's branches are joined one by one: the engine's join only counts tokens. */
module.exports = graphRule('joined-branches');
