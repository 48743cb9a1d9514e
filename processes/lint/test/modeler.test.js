const assert = require('node:assert/strict');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const vm = require('node:vm');
const { after, before, test } = require('node:test');
const { validateAll } = require('@bpmn-io/element-templates-validator');
const esbuild = require('esbuild');
const { chromium } = require('playwright-core');
const { lint } = require('../lint');
const { buildPlugin } = require('../modeler-plugin');

const SHIPPED = path.join(__dirname, '../..');
const SHELF = path.join(__dirname, '../../../src/test/resources/chains');
const TEMPLATES = path.join(SHIPPED, '.camunda/element-templates');
const SCHEMA = /^https:\/\/unpkg\.com\/@camunda\/element-templates-json-schema\//;
const BROWSERS = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const read = (...parts) => fs.readFileSync(path.join(...parts), 'utf8');
const models = fs.readdirSync(SHIPPED).filter((file) => file.endsWith('.bpmn'));
const templates = fs.readdirSync(TEMPLATES).map((file) => JSON.parse(read(TEMPLATES, file)));

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'modeler-'));
let browser;
let page;

before(async () => {
  const outfile = path.join(scratch, 'harness.js');
  await esbuild.build({ entryPoints: [path.join(__dirname, '../modeler/harness.js')], bundle: true, outfile, logLevel: 'error' });
  browser = await chromium.launch({
    executablePath: BROWSERS.find((each) => each && fs.existsSync(each)),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage']
  });
  page = await browser.newPage();
  await page.addScriptTag({ path: outfile });
});

after(async () => {
  await browser.close();
  fs.rmSync(scratch, { recursive: true });
});

for (const file of models) {
  test(`Modeler opens ${file} without a warning`, async () => {
    assert.deepEqual(await page.evaluate((xml) => window.warnings(xml), read(SHIPPED, file)), []);
  });
}

test('Modeler accepts the templates', () => {
  const { valid, results } = validateAll(templates);
  assert.ok(valid, JSON.stringify(results.map(({ errors }) => errors)));
  assert.deepEqual(templates.filter(({ $schema }) => !SCHEMA.test($schema)), []);
});

test('each template has an id of its own, after its file', () => {
  const files = fs.readdirSync(TEMPLATES).map((file) => `io.countersign.${path.basename(file, '.json')}`);
  assert.deepEqual(templates.map(({ id }) => id), files);
});

/** The elements of the shipped models, and of the one accepted chain with a quorum, that a template made. */
async function templated() {
  const quorum = read(SHELF, 'accepted/approve-by-quorum.bpmn');
  const id = 'io.countersign.quorum-stage';
  const named = quorum.replace('<bpmn:callActivity ', `<bpmn:callActivity camunda:modelerTemplate="${id}" camunda:modelerTemplateVersion="1" `);
  const all = [...models.map((file) => read(SHIPPED, file)), withShapes(named)];
  const found = await Promise.all(all.map((xml) => page.evaluate(([model, each]) => window.templated(model, each), [xml, templates])));
  return found.flat();
}

/** The shelf's chains have no picture, and a modeler applies templates to what it sees. */
function withShapes(xml) {
  const shapes = [...xml.matchAll(/<bpmn:callActivity .*?id="(\w+)"/g)].map(
    ([, id]) => `<bpmndi:BPMNShape id="${id}_di" bpmnElement="${id}"><dc:Bounds x="0" y="0" width="100" height="80"/></bpmndi:BPMNShape>`
  );
  const spaces = 'xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"';
  const plane = `<bpmndi:BPMNPlane id="P" bpmnElement="approve-by-quorum">${shapes.join('')}</bpmndi:BPMNPlane>`;
  return xml.replace('</bpmn:definitions>', `<bpmndi:BPMNDiagram id="D" ${spaces}>${plane}</bpmndi:BPMNDiagram></bpmn:definitions>`);
}

/** An element without what designers say: ids, names, words, flows, the stage, and a marker, which no template can set. */
function essence(xml) {
  return xml
    .replace(/^<\?xml.*\n/, '')
    .replace(/ xmlns:\w+="[^"]*"/g, '')
    .replace(/<bpmn:(documentation|incoming|outgoing)>[^]*?<\/bpmn:\1>/g, '')
    .replace(/<bpmn:multiInstanceLoopCharacteristics[^]*<\/bpmn:multiInstanceLoopCharacteristics>/, '')
    .replace(/<bpmn:(\w+)([^>]*?)\/?>/, (all, type, attributes) => {
      const kept = attributes.match(/[\w:]+="[^"]*"/g).filter((each) => !/^(id|name)=/.test(each));
      return `<${type} ${kept.sort().join(' ')}>`;
    })
    .replace(/<\/bpmn:(callActivity|serviceTask)>/, '')
    .replace(/sourceExpression="[a-z][a-z0-9-]*"/, 'sourceExpression="…"')
    .match(/<[^>]+>/g)
    .map((tag) => (tag.startsWith('<camunda:in') ? `<in ${tag.match(/\w+="[^"]*"/g).sort().join(' ')}>` : tag))
    .sort();
}

test('a template makes what the shipped models and the accepted quorum have', async () => {
  const all = await templated();
  for (const { id, drawn, made } of all) {
    assert.deepEqual(essence(made), essence(drawn), id);
  }
  assert.deepEqual([...new Set(all.map(({ template }) => template))].sort(), templates.map(({ id }) => id));
});

test('every element that a template could have made says so', async () => {
  const couldBe = /<bpmn:(?:callActivity|serviceTask) [^>]*(?:calledElement="|\$\{(?:concludeRequest|handBackDecision)})[^>]*>/g;
  const silent = models.flatMap((file) => [...read(SHIPPED, file).matchAll(couldBe)].map(([tag]) => tag));
  assert.deepEqual(silent.filter((tag) => !tag.includes('camunda:modelerTemplate=')), []);
});

test('a marker that was forgotten is found', async () => {
  const xml = read(SHIPPED, 'approve-in-stages.bpmn');
  const file = path.join(scratch, 'approve-in-stages.bpmn');
  fs.writeFileSync(file, xml.replace(/<bpmn:multiInstanceLoopCharacteristics[^]*<\/bpmn:multiInstanceLoopCharacteristics>/, ''));
  assert.deepEqual((await lint(file)).map(({ rule }) => rule), ['countersign/same-request']);
});

test("the plugin brings the rules into Modeler's linter", async () => {
  const outfile = path.join(scratch, 'client.js');
  await buildPlugin(outfile);
  const linter = path.join(scratch, 'linter.js');
  const contents = "export { Linter } from '@camunda/linting';";
  await esbuild.build({ stdin: { contents, resolveDir: __dirname }, bundle: true, platform: 'node', outfile: linter, logLevel: 'error' });

  const window = {};
  vm.runInNewContext(fs.readFileSync(outfile, 'utf8'), { window, queueMicrotask });
  const [{ plugin, type }] = window.plugins;
  assert.equal(type, 'lintRules.bpmn');

  const { Linter } = require(linter);
  const modelers = new Linter({ modeler: 'desktop', type: 'platform', plugins: [plugin] });
  const rulesAgainst = async (xml) => (await modelers.lint(xml)).map(({ rule, id }) => `${rule} ${id}`);

  const chain = read(SHIPPED, 'approve-action.bpmn');
  assert.deepEqual(await rulesAgainst(chain), []);
  const betrayal = chain.replace('targetRef="EndEvent_Expired"', 'targetRef="EndEvent_Approved"');
  assert.ok((await rulesAgainst(betrayal)).includes('countersign/no-silent-approval EndEvent_Approved'));
});
