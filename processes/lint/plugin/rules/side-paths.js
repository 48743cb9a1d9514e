const { graphRule } = require('../graph/findings');

/** What runs beside the main path ends there: it does not ask, conclude or join. */
module.exports = graphRule('side-paths');
