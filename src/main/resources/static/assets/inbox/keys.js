import { el } from '../review/dom.js';

const HELP = [
  ['j or ↓', 'next request'],
  ['k or ↑', 'previous request'],
  ['Enter', 'open it'],
  ['x', 'choose it, or not'],
  ['a', 'approve what is chosen'],
  ['r', 'reject what is chosen'],
  ['u', 'show the list as it is now'],
  ['?', 'this help'],
];

/** The inbox by keyboard alone. */
export class Keys {
  constructor(root, list, batch, onrefresh) {
    Object.assign(this, { root, list, batch, onrefresh });
    this.element = el('dialog', { 'aria-label': 'Keys' }, el('h3', {}, 'Keys'), el('dl', { class: 'keys' }, HELP.flatMap(([key, what]) => [el('dt', {}, key), el('dd', {}, what)])), el('form', { method: 'dialog' }, el('button', { class: 'primary' }, 'Close')));
    this.button = el('button', { type: 'button', class: 'quiet keys-button', onclick: () => this.element.showModal() }, 'Keys');
    addEventListener('keydown', (event) => this.#press(event));
  }

  get #busy() {
    return this.root.querySelector('dialog[open]') !== null || this.root.activeElement?.matches('select, textarea, input:not([type="checkbox"])');
  }

  #press(event) {
    if (this.#busy || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = this.#action(event.key);
    if (!act) return;
    event.preventDefault();
    act();
  }

  #action(key) {
    switch (key) {
      case 'j':
      case 'ArrowDown':
        return () => this.#move(1);
      case 'k':
      case 'ArrowUp':
        return () => this.#move(-1);
      case 'x':
        return () => this.#current()?.box.click();
      case 'a':
        return () => this.batch.ask('approve');
      case 'r':
        return () => this.batch.ask('reject');
      case 'u':
        return this.onrefresh;
      case '?':
        return () => this.element.showModal();
      default:
        return null;
    }
  }

  #current() {
    return this.list.rows.find((row) => row.element.contains(this.root.activeElement)) ?? null;
  }

  #move(by) {
    const rows = this.list.rows;
    const at = rows.indexOf(this.#current());
    const next = rows[at === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
    next?.link.focus();
    next?.element.scrollIntoView({ block: 'nearest' });
  }
}
