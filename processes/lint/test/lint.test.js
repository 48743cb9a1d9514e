const assert = require('node:assert/strict');
const fs = require('node:fs');
const path = require('node:path');
const { test } = require('node:test');
const { lint } = require('../lint');
const plugin = require('../plugin');

const SHIPPED = path.join(__dirname, '../..');
const PROBES = path.join(__dirname, '../probes');
const SHELF = path.join(__dirname, '../../../src/test/resources/chains');
const ACCEPTED = path.join(SHELF, 'accepted');

const PICTURES = path.join(__dirname, '../../../docs/processes');

const ids = (text, pattern) => [...new Set([...text.matchAll(pattern)].map((match) => match[1]))].sort();

const models = (folder) => fs.readdirSync(folder).filter((file) => file.endsWith('.bpmn'));

/** `timer-retry-cycle.bpmn` and `no-script-in-a-timer.bpmn` are named after the rule they break. */
const brokenRule = (file) => path.basename(file, '.bpmn').replace(/-(by|for|in)-.*$/, '');

const ownRules = [...Object.keys(plugin.rules), 'file-name'];

for (const file of models(SHIPPED)) {
  test(`${file} has no findings`, async () => {
    assert.deepEqual(await lint(path.join(SHIPPED, file)), []);
  });
}

for (const file of models(SHIPPED)) {
  test(`${file} has a picture that shows its elements`, () => {
    const svg = fs.readFileSync(path.join(PICTURES, file.replace('.bpmn', '.svg')), 'utf8');
    const model = fs.readFileSync(path.join(SHIPPED, file), 'utf8');
    const drawn = ids(svg, /data-element-id="(\w+?)(?:_label)?"/g);
    assert.deepEqual(drawn, ids(model, /bpmnElement="(\w+)"/g), 'run `npm run render`');
  });
}

test('the probe that breaks nothing has no findings', async () => {
  assert.deepEqual(await lint(path.join(PROBES, 'break-nothing.bpmn')), []);
});

for (const file of models(PROBES).filter((each) => each !== 'break-nothing.bpmn')) {
  test(`${file} fails by exactly its rule`, async () => {
    const findings = await lint(path.join(PROBES, file));
    // A probe for a user task is a chain with one, which is wrong wherever it is drawn.
    const expected = file.startsWith('user-task-') ? ['known-decisions', brokenRule(file)] : [brokenRule(file)];

    assert.deepEqual(findings.map(({ rule }) => rule.replace('countersign/', '')), expected, JSON.stringify(findings, null, 2));
  });
}

test('every own rule has a probe, or a bad chain on the shelf of the chain check', () => {
  const refused = models(path.join(SHELF, 'refused')).map((file) => fs.readFileSync(path.join(SHELF, 'refused', file), 'utf8'));
  const probed = new Set([...models(PROBES).map(brokenRule), ...ids(refused.join(''), /<!-- Refused by ([\w-]+):/g)]);
  assert.deepEqual(ownRules.filter((rule) => !probed.has(rule)), []);
});

test('every known bean is used by a shipped model or an accepted chain', () => {
  const { delegates, calls } = require('../plugin/known-beans.json');
  const text = [SHIPPED, ACCEPTED]
    .flatMap((folder) => models(folder).map((file) => fs.readFileSync(path.join(folder, file), 'utf8')))
    .join('\n');
  const uses = [...delegates.map((name) => `\${${name}}`), ...calls.map((name) => `${name}(execution`)];
  assert.deepEqual(uses.filter((use) => !text.includes(use)), []);
});
