import { el } from '../review/dom.js';
import { failure, loading } from '../review/state.js';
import { load } from '../review/load.js';
import { Batch } from './batch.js';
import { Filters } from './filters.js';
import { Keys } from './keys.js';
import { List } from './list.js';
import { Live } from './live.js';

const PAGE = 50;
const LARGEST_PAGE = 100;
const sheet = (path) => el('link', { rel: 'stylesheet', href: new URL(path, import.meta.url).href });

/** `<countersign-inbox>`: what waits for whoever is signed in, to be opened or decided together. */
class CountersignInbox extends HTMLElement {
  #root = this.attachShadow({ mode: 'open' });
  #count = el('span', { class: 'soft count', role: 'status' });
  #filters = new Filters(() => this.#restart());
  #list = new List(() => this.#batch.show(this.#list.chosen));
  #batch = new Batch({ onclear: () => this.#list.clearChoice(), ondone: () => this.#restart() });
  #live = new Live(() => this.#look());
  #keys = new Keys(this.#root, this.#list, this.#batch, () => this.#restart());
  #news = el('button', { type: 'button', class: 'primary news', hidden: true, onclick: () => this.#restart() }, 'The list has changed. Show it as it is now');
  #state = el('div', {});
  #more = el('button', { type: 'button', class: 'primary more', hidden: true, onclick: () => this.#next() }, 'Load more');
  #cursor = null;
  #turn = 0;

  constructor() {
    super();
    const head = el('div', { class: 'inbox-head' }, el('h2', {}, 'Inbox'), this.#count, this.#live.element, this.#keys.button);
    const body = el('div', { class: 'body wide' }, head, this.#filters.element, this.#news, this.#list.element, this.#state, this.#more, this.#batch.element, this.#keys.element);
    this.#root.append(sheet('../review/review.css'), sheet('./inbox.css'), body);
  }

  connectedCallback() {
    this.#filters.readAddress();
    this.#restart();
    this.#live.start();
  }

  disconnectedCallback() {
    this.#turn += 1;
    this.#live.stop();
  }

  #restart() {
    this.#cursor = null;
    this.#news.hidden = true;
    this.#list.clear();
    this.#batch.show([]);
    this.#next();
  }

  #read(limit, cursor) {
    const query = new URLSearchParams({ ...this.#filters.values, limit });
    if (cursor) query.set('cursor', cursor);
    return load(`/api/v1/inbox?${query}`);
  }

  async #next() {
    const turn = ++this.#turn;
    this.#more.hidden = true;
    this.#state.replaceChildren(loading('what waits for you'));
    try {
      const { body, skew } = await this.#read(PAGE, this.#cursor);
      if (turn === this.#turn) this.#show(body, skew);
    } catch (problem) {
      if (turn === this.#turn) this.#state.replaceChildren(failure(problem, () => this.#next()));
    }
  }

  #show(page, skew) {
    this.#list.append(page.items, skew);
    this.#cursor = page.nextCursor ?? null;
    this.#more.hidden = !this.#cursor;
    this.#tell(page);
    this.#state.replaceChildren(...(this.#list.empty ? [this.#nothing()] : []));
  }

  #tell({ count, groups }) {
    this.#count.textContent = count === 1 ? '1 request waits for you' : `${count.toLocaleString('en')} requests wait for you`;
    document.title = count > 0 ? `(${count}) Inbox · Countersign` : 'Inbox · Countersign';
    this.#filters.offer(groups);
    this.#list.countGroups(groups);
  }

  #nothing() {
    const text = this.#filters.inUse ? 'Nothing that waits for you matches these filters.' : 'Nothing waits for you. New requests appear here by themselves.';
    return el('div', { class: 'state', role: 'status' }, text);
  }

  /** Something may have changed: what is looked at never moves by itself, it is only marked. */
  async #look() {
    const turn = this.#turn;
    const page = await this.#read(Math.min(LARGEST_PAGE, Math.max(PAGE, this.#list.size)), null).catch(() => null);
    if (page === null || turn !== this.#turn) return;
    this.#tell(page.body);
    const isWhole = !page.body.nextCursor;
    const { added } = this.#list.compare(page.body.items, isWhole);
    if (this.#list.empty && added) this.#restart();
    else this.#news.hidden = !added && !this.#list.hasGone;
  }
}

if (!customElements.get('countersign-inbox')) customElements.define('countersign-inbox', CountersignInbox);
