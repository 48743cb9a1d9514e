const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { test } = require('node:test');
const { factsOf } = require('../blocks');
const { lint } = require('../lint');

const SHELF = path.join(__dirname, '../../../src/test/resources/chains');
const SHIPPED = path.join(__dirname, '../..');
const RULES = path.join(__dirname, '../plugin/rules');

/** What only the chain check sees, as docs/designers.md says; the lint may say it by another rule. */
const NOT_SEEN = {
  'known-elements': 'what is not in the list of elements and attributes',
  'approve-by-counting': 'known-beans: an expression without a call',
  'approve-by-the-first': 'known-beans: an expression without a call',
  'approve-unknown': 'deployment-binding: what is deployed together'
};

const models = (folder) => fs.readdirSync(folder).filter((file) => file.endsWith('.bpmn'));
const ours = (findings) => findings.map(({ rule }) => rule).filter((rule) => rule.startsWith('countersign/'));
const graphRules = fs
  .readdirSync(RULES)
  .filter((file) => fs.readFileSync(path.join(RULES, file), 'utf8').includes('graphRule('))
  .map((file) => `countersign/${path.basename(file, '.js')}`);

for (const file of models(path.join(SHELF, 'refused'))) {
  const chain = path.join(SHELF, 'refused', file);
  const [, rule] = /<!-- Refused by ([\w-]+):/.exec(fs.readFileSync(chain, 'utf8'));
  const isSeen = !(rule in NOT_SEEN) && !(path.basename(file, '.bpmn') in NOT_SEEN);

  test(`${file} is ${isSeen ? 'refused' : 'not yet refused'} by ${rule}`, async () => {
    assert.equal(ours(await lint(chain)).includes(`countersign/${rule}`), isSeen);
  });
}

for (const file of models(path.join(SHELF, 'accepted'))) {
  test(`${file} passes the rules of the graph`, async () => {
    const findings = await lint(path.join(SHELF, 'accepted', file));
    assert.deepEqual(findings.filter(({ rule }) => graphRules.includes(rule)), []);
  });
}

test('what the rules know of the shipped processes is what these are today', async () => {
  assert.deepEqual(require('../plugin/graph/blocks.json'), await factsOf(SHIPPED), 'run `npm run blocks`');
});

test('every rule survives a model that is not finished', async () => {
  const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'unfinished-')), 'draw-something.bpmn');
  fs.writeFileSync(
    file,
    `<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:x="urn:x" id="D" targetNamespace="t">
      <error id="Error_Any"/>
      <process id="draw-something"><extensionElements><x:y><x:z a="b"/></x:y></extensionElements>
        <task/><callActivity id="CallActivity_A"/><boundaryEvent id="BoundaryEvent_A"/>
        <intermediateThrowEvent id="IntermediateThrowEvent_A"><linkEventDefinition/></intermediateThrowEvent>
        <subProcess id="SubProcess_A" triggeredByEvent="true"/><subProcess/><parallelGateway id="Gateway_A"/>
        <startEvent id="StartEvent_A"/><sequenceFlow id="Flow_A" sourceRef="StartEvent_A"/>
        <sequenceFlow id="Flow_B" targetRef="Nowhere"/><endEvent><errorEventDefinition errorRef="Error_Any"/></endEvent>
      </process>
      <process/><collaboration id="C"><participant id="P"/></collaboration>
    </definitions>`
  );
  const findings = await lint(file);
  assert.deepEqual(findings.filter(({ rule }) => rule.endsWith(' broke')), []);
  assert.ok(ours(findings).includes('countersign/dead-ends'));
});
