const fs = require('node:fs');
const path = require('node:path');
const { BpmnModdle } = require('bpmn-moddle');
const { Linter } = require('bpmnlint');
const NodeResolver = require('bpmnlint/lib/resolver/node-resolver');
const { createScopedRequire } = require('bpmnlint/lib/resolver/helper');
const camunda = require('camunda-bpmn-moddle/resources/camunda.json');

const config = JSON.parse(fs.readFileSync(path.join(__dirname, '.bpmnlintrc'), 'utf8'));

const resolver = new NodeResolver({ require: createScopedRequire(__dirname) });

/** Every finding in one model: those of bpmnlint, and those only its file can tell. */
async function lint(file) {
  const { rootElement, warnings } = await new BpmnModdle({ camunda }).fromXML(fs.readFileSync(file, 'utf8'));
  // Some rules of bpmnlint remember what they saw: one linter for one model.
  const linter = new Linter({ config, resolver });
  const reports = await linter.lint(rootElement);
  const byRules = Object.entries(reports).flatMap(([rule, found]) =>
    found.map(({ id, message, category }) => ({ rule: category === 'rule-error' ? `${rule} broke` : rule, id, message }))
  );
  const byReading = warnings.map(({ message }) => ({ rule: 'readable', id: '', message }));
  return [...byReading, ...byRules, ...fileName(file, rootElement)];
}

/** A model is looked for under the id of its process. */
function fileName(file, definitions) {
  const expected = path.basename(file, '.bpmn');
  const ids = (definitions.rootElements || [])
    .filter((element) => element.$type === 'bpmn:Process')
    .map((process) => process.id);
  if (ids.length === 1 && ids[0] === expected) {
    return [];
  }
  const message = `File <${expected}.bpmn> holds <${ids.join(', ')}> instead of one process <${expected}>`;
  return [{ rule: 'file-name', id: ids[0] || '', message }];
}

/** Models by name, or all of a folder. */
function modelsIn(argument) {
  return fs.statSync(argument).isDirectory()
    ? fs.readdirSync(argument).filter((name) => name.endsWith('.bpmn')).map((name) => path.join(argument, name))
    : [argument];
}

async function main(files) {
  let count = 0;
  for (const file of files) {
    for (const { rule, id, message } of await lint(file)) {
      count += 1;
      console.error(`${file}: ${id}: ${message} (${rule})`);
    }
  }
  console.log(`${files.length} models, ${count} findings`);
  process.exitCode = files.length > 0 && count === 0 ? 0 : 1;
}

module.exports = { lint };

if (require.main === module) {
  main(process.argv.slice(2).flatMap(modelsIn));
}
