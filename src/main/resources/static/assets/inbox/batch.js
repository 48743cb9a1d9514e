import { el } from '../review/dom.js';
import { Summary } from './summary.js';

const MOST = 50;

/** The bar that decides what is chosen, all at once. */
export class Batch {
  constructor({ onclear, ondone }) {
    this.ondone = ondone;
    this.items = [];
    this.count = el('strong', {});
    this.note = el('span', { class: 'soft' });
    this.approve = el('button', { type: 'button', class: 'primary', onclick: () => this.ask('approve') }, 'Approve …');
    this.reject = el('button', { type: 'button', class: 'outline', onclick: () => this.ask('reject') }, 'Reject …');
    const clear = el('button', { type: 'button', class: 'quiet', onclick: onclear }, 'Choose none');
    this.bar = el('div', { class: 'bar-chosen', role: 'region', 'aria-label': 'What is chosen', hidden: true }, this.count, this.note, this.approve, this.reject, clear);
    this.place = el('div', {});
    this.element = el('div', { class: 'batch' }, this.bar, this.place);
  }

  /** Says what is chosen, and what can be done with it. */
  show(items) {
    this.items = items;
    this.bar.hidden = items.length === 0;
    this.count.textContent = `${items.length} chosen`;
    const alone = items.filter((item) => !item.batch).length;
    this.approve.disabled = this.#tooMany || alone === items.length;
    this.reject.disabled = this.#tooMany;
    this.note.textContent = this.#tooMany ? `At most ${MOST} at once.` : alone > 0 ? `${alone} can be approved only on ${alone === 1 ? 'its' : 'their'} own page.` : '';
  }

  get #tooMany() {
    return this.items.length > MOST;
  }

  /** Shows exactly what would be approved or rejected, and waits for the word. */
  ask(decision) {
    const items = decision === 'approve' ? this.items.filter((item) => item.batch) : this.items;
    if (items.length === 0 || this.#tooMany) return;
    const summary = new Summary(decision, items, this.ondone);
    this.place.replaceChildren(summary.element);
    summary.open();
  }
}
