import { badges } from '../review/headline.js';
import { el, given, newId } from '../review/dom.js';
import { span } from '../review/clock.js';
import { visible } from '../review/visible.js';

const TICK = 1000;

const keyOf = (item) => `${item.requestId} ${item.stage}`;
const stateOf = (item) => `${item.actionDigest} ${item.assignee ?? ''} ${item.deadline}`;

/** What waits, by action; in each group, most consequential first, then what is due first. */
export class List {
  #rows = new Map();
  #groups = new Map();

  constructor(onchoice) {
    this.onchoice = onchoice;
    this.element = el('div', { class: 'groups' });
    this.skew = 0;
    setInterval(() => this.#tick(), TICK);
  }

  get size() {
    return this.#rows.size;
  }

  get empty() {
    return this.size === 0;
  }

  /** The items chosen, in the order in which they are shown. */
  get chosen() {
    return this.rows.filter((row) => row.box.checked && !row.gone).map((row) => row.item);
  }

  /** The rows, in the order in which they are shown. */
  get rows() {
    return [...this.element.querySelectorAll('li')].map((element) => this.#rows.get(element.dataset.key));
  }

  get hasGone() {
    return [...this.#rows.values()].some((row) => row.gone);
  }

  clear() {
    this.#rows.clear();
    this.#groups.clear();
    this.element.replaceChildren();
  }

  append(items, skew) {
    this.skew = skew;
    for (const item of items) {
      if (this.#rows.has(keyOf(item))) continue;
      const row = new Row(item, () => this.onchoice());
      this.#rows.set(keyOf(item), row);
      this.#group(item.action).append(row.element);
    }
    this.#tick();
  }

  #group(action) {
    if (!this.#groups.has(action)) {
      const id = newId('group');
      const count = el('span', { class: 'soft' });
      const all = el('button', { type: 'button', class: 'quiet', onclick: () => this.#chooseAll(list) }, 'Choose all shown');
      const list = el('ul', { class: 'plain rows' });
      const head = el('div', { class: 'action-head' }, el('h3', { id }, el('code', {}, visible(action))), count, all);
      this.#groups.set(action, { list, count });
      this.element.append(el('section', { class: 'action', 'aria-labelledby': id }, head, list));
    }
    return this.#groups.get(action).list;
  }

  countGroups(groups) {
    for (const { action, count } of groups) {
      const group = this.#groups.get(action);
      if (group) group.count.textContent = count === 1 ? '1 waits' : `${count.toLocaleString('en')} wait`;
    }
  }

  #chooseAll(list) {
    const rows = this.rows.filter((row) => list.contains(row.element) && !row.gone);
    const choose = rows.some((row) => !row.box.checked);
    for (const row of rows) row.box.checked = choose;
    this.onchoice();
  }

  clearChoice() {
    for (const row of this.#rows.values()) row.box.checked = false;
    this.onchoice();
  }

  /** Marks rows that are not what they were, and tells whether something came that is not shown. */
  compare(items, isWhole) {
    const now = new Map(items.map((item) => [keyOf(item), stateOf(item)]));
    const keys = [...this.#rows.keys()];
    // Beyond the last row that was read again, nothing is known.
    const known = isWhole ? keys.length : keys.findLastIndex((key) => now.has(key));
    for (const key of keys.slice(0, known + 1)) {
      const row = this.#rows.get(key);
      if (now.get(key) !== stateOf(row.item)) row.markGone();
    }
    this.onchoice();
    return { added: items.some((item) => !this.#rows.has(keyOf(item))) };
  }

  #tick() {
    for (const row of this.#rows.values()) row.tick(Date.now() + this.skew);
  }
}

/** One review that waits. */
class Row {
  constructor(item, onchoice) {
    this.item = item;
    this.gone = false;
    const id = newId('row');
    this.box = el('input', { type: 'checkbox', 'aria-labelledby': id, onchange: onchoice });
    this.link = el('a', { id, href: `/review/${encodeURIComponent(item.requestId)}`, class: 'open' }, visible(item.headline));
    this.left = el('span', { class: 'left' });
    this.note = el('span', { class: 'badge gone', hidden: true }, 'Changed or decided meanwhile');
    const facts = el('p', { class: 'soft' }, visible(item.agent), ' · ', this.left, given(item.assignee) ? ' · you hold it' : '', item.stage === 'review' ? '' : el('span', {}, ' · stage ', visible(item.stage)));
    const box = el('label', { class: 'box' }, this.box);
    this.element = el('li', { class: 'row', 'data-key': keyOf(item) }, box, el('div', { class: 'what' }, this.link, badges(item), facts, this.note));
  }

  markGone() {
    this.gone = true;
    this.box.checked = false;
    this.box.disabled = true;
    this.note.hidden = false;
    this.element.classList.add('is-gone');
  }

  tick(now) {
    const rest = Date.parse(this.item.deadline) - now;
    this.left.textContent = rest > 0 ? `${span(rest)} left` : 'time is up';
    this.left.classList.toggle('over', rest <= 0);
  }
}
