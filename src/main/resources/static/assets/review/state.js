import { el } from './dom.js';
import { visible } from './visible.js';

/** What is shown while something is on its way. */
export function loading(what) {
  return el('div', { class: 'state', role: 'status' }, el('span', { class: 'spinner' }), `Loading ${what} …`);
}

/** What is shown when it did not arrive, with the way out. */
export function failure(problem, retry) {
  const again =
    problem.kind === 'signed-out'
      ? el('button', { type: 'button', class: 'primary', onclick: () => location.reload() }, 'Sign in again')
      : el('button', { type: 'button', class: 'primary', onclick: retry }, 'Try again');
  return el(
    'div',
    { class: 'state failure', role: 'alert' },
    el('strong', {}, problem.title ?? 'Something went wrong'),
    el('p', {}, visible(problem.message)),
    again,
  );
}
