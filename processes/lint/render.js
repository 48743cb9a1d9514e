const fs = require('node:fs');
const path = require('node:path');
const { chromium } = require('playwright-core');

const MODELS = path.join(__dirname, '..');
const PICTURES = path.join(__dirname, '../../docs/processes');
const VIEWER = require.resolve('bpmn-js/dist/bpmn-viewer.production.min.js');

/** Runs in the browser: one model in, its picture out. */
async function draw(xml) {
  const canvas = document.body.appendChild(document.createElement('div'));
  const viewer = new window.BpmnJS({ container: canvas });
  const { warnings } = await viewer.importXML(xml);
  // Centred by the viewer of the picture, whose fonts may be wider or narrower than ours.
  for (const line of canvas.querySelectorAll('text.djs-label tspan')) {
    line.textContent = line.textContent.trim();
    line.setAttribute('x', Math.round(Number(line.getAttribute('x')) + line.getComputedTextLength() / 2));
    line.setAttribute('text-anchor', 'middle');
  }
  const { svg } = await viewer.saveSVG();
  return { svg, warnings: warnings.map((warning) => warning.message) };
}

async function main() {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage']
  });
  const page = await browser.newPage();
  await page.addScriptTag({ path: VIEWER });
  fs.mkdirSync(PICTURES, { recursive: true });
  for (const file of fs.readdirSync(MODELS).filter((name) => name.endsWith('.bpmn'))) {
    const { svg, warnings } = await page.evaluate(draw, fs.readFileSync(path.join(MODELS, file), 'utf8'));
    if (warnings.length > 0) {
      throw new Error(`${file}: ${warnings.join('; ')}`);
    }
    fs.writeFileSync(path.join(PICTURES, file.replace('.bpmn', '.svg')), stable(framed(svg)));
  }
  await browser.close();
}

/** White paper with a margin: the lines are dark, the page around them may be too. */
function framed(svg) {
  const margin = 12;
  return svg.replace(/ width="[^"]*" height="[^"]*" viewBox="([^"]*)"([^>]*)>/, (_, box, rest) => {
    const [left, top, width, height] = box.split(' ').map(Number);
    const x = Math.floor(left) - margin;
    const y = Math.floor(top) - margin;
    const w = Math.ceil(width) + 2 * margin;
    const h = Math.ceil(height) + 2 * margin;
    return (
      ` width="${w}" height="${h}" viewBox="${x} ${y} ${w} ${h}"${rest}>` +
      `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="white"/>`
    );
  });
}

/** Marker ids are random; numbered ones keep an unchanged model an unchanged picture. */
function stable(svg) {
  const seen = [...new Set([...svg.matchAll(/(?:id="|url\(#|url\(&quot;#)(marker-[\w-]+)/g)].map((match) => match[1]))];
  return seen.reduce((text, id, index) => text.replaceAll(id, `marker-${index}`), svg);
}

main();
