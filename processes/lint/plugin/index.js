const fs = require('node:fs');
const path = require('node:path');

const names = fs
  .readdirSync(path.join(__dirname, 'rules'))
  .map((file) => path.basename(file, '.js'));

/** Every file in `rules` is a rule, and every rule is an error: there is no finding to get used to. */
module.exports = {
  configs: {
    all: { rules: Object.fromEntries(names.map((name) => [name, 'error'])) }
  },
  rules: Object.fromEntries(names.map((name) => [name, `./rules/${name}`]))
};
