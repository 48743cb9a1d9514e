import '../review/review.js';
import { el } from '../review/dom.js';
import { failure, loading } from '../review/state.js';
import { load } from '../review/load.js';
import { Filters } from './filters.js';
import { Table } from './table.js';

const PAGE = 50;
const sheet = (path) => el('link', { rel: 'stylesheet', href: new URL(path, import.meta.url).href });

/** `<countersign-approvals>`: what was asked and what was decided, to be read by managers. */
class CountersignApprovals extends HTMLElement {
  #root = this.attachShadow({ mode: 'open' });
  #filters = new Filters(() => this.#restart());
  #table = new Table((id) => this.#open(id));
  #more = el('button', { type: 'button', class: 'primary more', onclick: () => this.#next() }, 'Load more');
  #state = el('div', {});
  #head = el('div', { class: 'head' }, el('h2', {}, 'Approvals'), el('a', { href: '/camunda/app/cockpit/default/#/performance' }, 'How people decide'));
  #note = el('p', { class: 'soft note-of-search' }, 'What agents and people wrote is sealed, so it cannot be searched.');
  #list = el('div', {}, this.#head, this.#filters.element, this.#note, this.#table.element, this.#state, this.#more);
  #detail = el('div', { hidden: true });
  #cursor = null;
  #turn = 0;

  constructor() {
    super();
    const body = el('div', { class: 'body wide' }, this.#list, this.#detail);
    this.#root.append(sheet('../review/review.css'), sheet('./approvals.css'), body);
  }

  connectedCallback() {
    this.#restart();
  }

  disconnectedCallback() {
    this.#turn += 1;
  }

  #restart() {
    this.#cursor = null;
    this.#table.clear();
    this.#next();
  }

  async #next() {
    const turn = ++this.#turn;
    this.#more.hidden = true;
    this.#state.replaceChildren(loading('the approvals'));
    const query = new URLSearchParams({ ...this.#filters.values, limit: PAGE });
    if (this.#cursor) query.set('cursor', this.#cursor);
    try {
      const { body } = await load(`/api/v1/approval-requests?${query}`);
      if (turn === this.#turn) this.#show(body);
    } catch (problem) {
      if (turn === this.#turn) this.#state.replaceChildren(failure(problem, () => this.#next()));
    }
  }

  #show({ items, nextCursor }) {
    this.#table.append(items ?? []);
    this.#cursor = nextCursor ?? null;
    this.#more.hidden = !this.#cursor;
    this.#state.replaceChildren(...(this.#table.empty ? [this.#nothing()] : []));
  }

  #nothing() {
    const filtered = Object.keys(this.#filters.values).length > 0;
    const text = filtered ? 'Nothing matches these filters.' : 'No agent has asked for anything yet.';
    return el('div', { class: 'state', role: 'status' }, text);
  }

  #open(id) {
    const review = el('countersign-review', { 'request-id': id, readonly: true, theme: this.getAttribute('theme') });
    const back = el('button', { type: 'button', class: 'quiet back', onclick: () => this.#close(id) }, '← All approvals');
    this.#detail.replaceChildren(el('div', { class: 'back-line' }, back), review);
    this.#detail.hidden = false;
    this.#list.hidden = true;
    back.focus();
  }

  #close(id) {
    this.#detail.replaceChildren();
    this.#detail.hidden = true;
    this.#list.hidden = false;
    this.#table.focus(id);
  }
}

if (!customElements.get('countersign-approvals')) {
  customElements.define('countersign-approvals', CountersignApprovals);
}
