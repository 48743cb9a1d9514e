const fs = require('node:fs');
const path = require('node:path');
const { BpmnModdle } = require('bpmn-moddle');
const camunda = require('camunda-bpmn-moddle/resources/camunda.json');
const { modelsOf } = require('./plugin/graph/findings');
const { Tour } = require('./plugin/graph/tour');

const FACTS = path.join(__dirname, 'plugin/graph/blocks.json');

/**
 * What a caller has to know about each process of a folder. A modeler sees one file at a time, so
 * the rules carry it with them.
 */
async function factsOf(folder) {
  const files = fs.readdirSync(folder).filter((name) => name.endsWith('.bpmn')).sort();
  const read = async (file) => new BpmnModdle({ camunda }).fromXML(fs.readFileSync(path.join(folder, file), 'utf8'));
  const all = await Promise.all(files.map(read));
  const models = modelsOf(all.map(({ rootElement }) => rootElement), {});
  return Object.fromEntries([...models.drawings.values()].map((drawing) => [drawing.id, about(drawing, models)]));
}

function about(drawing, models) {
  const nodes = drawing.all();
  const [loud, silent] = [false, true].map((inSilence) => new Tour(drawing, models, inSilence));
  const concludes = nodes.some((node) => node.bean === 'concludeRequest');
  return {
    asksPeople: loud.moves.asksPeopleIn(drawing),
    concludes,
    passes: isReached(loud, passes),
    closes: isReached(loud, closes),
    passesInSilence: isReached(silent, passes),
    closesInSilence: isReached(silent, closes),
    rests: nodes.some((node) => node.isWait || node.isCall)
  };
}

const isReached = (tour, how) => [...tour.states.values()].some(({ place, token }) => !place.caller && how(place.node, token));
const passes = (node, { branches }) => node.isEnd && !node.isError && !node.scope && branches.length === 0;
const closes = (node) => node.isEnd && node.isError;

async function main() {
  fs.writeFileSync(FACTS, `${JSON.stringify(await factsOf(path.join(__dirname, '..')), null, 2)}\n`);
}

module.exports = { factsOf };

if (require.main === module) {
  main();
}
