import { el } from '../review/dom.js';

const AGAIN = 15_000;

/** Says whether the list is told of changes, and passes them on; asks by itself while it is not. */
export class Live {
  constructor(onchange) {
    this.onchange = onchange;
    this.element = el('span', { class: 'live badge', role: 'status' }, 'Connecting …');
  }

  start() {
    this.source = new EventSource('/api/v1/inbox/events');
    // What changed while nobody listened is told by nobody.
    this.source.addEventListener('open', () => this.#heard('Live'));
    this.source.addEventListener('changed', () => this.#heard('Live'));
    this.source.addEventListener('error', () => this.#lost());
    this.timer = setInterval(() => this.source.readyState === EventSource.OPEN || this.#again(), AGAIN);
  }

  stop() {
    clearInterval(this.timer);
    this.source.close();
  }

  #heard(text) {
    this.element.textContent = text;
    this.onchange();
  }

  #lost() {
    this.element.textContent = 'Not live: asking every 15 seconds';
  }

  #again() {
    this.onchange();
    if (this.source.readyState !== EventSource.CLOSED) return;
    this.stop();
    this.start();
  }
}
