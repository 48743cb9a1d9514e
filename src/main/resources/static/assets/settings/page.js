import { el } from '../review/dom.js';
import { load } from '../review/load.js';
import { put } from '../review/send.js';
import { form } from './form.js';

/** Shows how the signed-in person is told, and saves what they change. */
const PATH = '/api/v1/me/channels';
const main = document.querySelector('main');
const done = el('p', { class: 'done', role: 'status' });

try {
  show((await load(PATH)).body);
} catch (failure) {
  main.append(el('h1', {}, failure.title ?? 'Something went wrong'), el('p', {}, failure.message));
}

function show(settings) {
  const shown = form(settings, save);
  main.replaceChildren(
    el('h1', {}, 'How you are told'),
    el('p', { class: 'soft' }, 'When a request waits for you. What is critical reaches you at any hour.'),
    shown.element,
    done,
  );

  async function save(value) {
    done.textContent = '';
    shown.disable(true);
    const problem = await put(PATH, value);
    shown.disable(false);
    shown.showProblem(problem);
    if (!problem) done.textContent = 'Saved.';
  }
}
