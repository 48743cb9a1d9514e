const fs = require('node:fs');
const path = require('node:path');
const compileConfig = require('bpmnlint/lib/support/compile-config');
const NodeResolver = require('bpmnlint/lib/resolver/node-resolver');
const { createScopedRequire } = require('bpmnlint/lib/resolver/helper');
const esbuild = require('esbuild');

const PLUGIN = path.join(__dirname, '../modeler-plugin');
const MODULES = path.join(__dirname, 'node_modules');

/** A configuration of bpmnlint becomes a module that carries its rules. */
const withRules = {
  name: 'bpmnlint',
  setup(build) {
    build.onLoad({ filter: /\.bpmnlintrc$/ }, async ({ path: file }) => ({
      contents: await compileConfig(
        JSON.parse(fs.readFileSync(file, 'utf8')),
        new NodeResolver({ require: createScopedRequire(__dirname) })
      ),
      resolveDir: __dirname
    }));
  }
};

/** The one script that Modeler loads. */
function buildPlugin(outfile = path.join(PLUGIN, 'dist/client.js')) {
  return esbuild.build({
    entryPoints: [path.join(PLUGIN, 'client.js')],
    bundle: true,
    format: 'iife',
    nodePaths: [MODULES],
    plugins: [withRules],
    outfile
  });
}

module.exports = { buildPlugin };

if (require.main === module) {
  buildPlugin();
}
