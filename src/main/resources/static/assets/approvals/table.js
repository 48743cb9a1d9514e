import { el, given } from '../review/dom.js';
import { shortMoment } from '../review/clock.js';
import { statusText } from '../review/outcome.js';
import { visible } from '../review/visible.js';

const COLUMNS = ['Request', 'Agent', 'Result', 'Decided by', 'Asked', 'Closed'];

/** The rows of the list; a row opens its request. */
export class Table {
  constructor(onopen) {
    this.onopen = onopen;
    this.rows = el('tbody', {});
    const head = el('thead', {}, el('tr', {}, COLUMNS.map((title) => el('th', { scope: 'col' }, title))));
    this.element = el('table', { hidden: true }, head, this.rows);
  }

  get empty() {
    return this.rows.childElementCount === 0;
  }

  clear() {
    this.rows.replaceChildren();
    this.element.hidden = true;
  }

  append(items) {
    this.rows.append(...items.map((item) => this.row(item)));
    this.element.hidden = this.empty;
  }

  focus(id) {
    [...this.rows.children].find((row) => row.dataset.id === id)?.querySelector('button').focus();
  }

  row(item) {
    const title = el('button', { type: 'button', class: 'open' }, visible(item.headline ?? (item.erasedAt ? `${item.action} (erased)` : item.action)));
    const badges = item.severity === 'high' ? el('span', { class: 'badge grave' }, 'High consequence') : null;
    const request = cell('Request', title, el('div', { class: 'soft' }, el('code', {}, visible(item.action)), ' ', badges));
    const result = cell('Result', el('span', { class: `badge status ${item.status}` }, visible(statusText(item.status))), reason(item.reason));
    const people = given(item.decidedBy) ? [item.decidedBy].flat().join(', ') : null;
    return el(
      'tr',
      { 'data-id': item.id, onclick: () => this.onopen(item.id) },
      request,
      cell('Agent', visible(item.agent ?? '')),
      result,
      cell('Decided by', people === null ? byWhom(item.route) : visible(people)),
      cell('Asked', given(item.createdAt) ? shortMoment(item.createdAt) : '–'),
      cell('Closed', given(item.closedAt) ? shortMoment(item.closedAt) : '–'),
    );
  }
}

function cell(title, ...children) {
  return el('td', { 'data-title': title }, ...children);
}

function reason(text) {
  return given(text) ? el('div', { class: 'soft why' }, visible(text)) : null;
}

function byWhom(route) {
  return route === 'auto_approve' || route === 'block' ? 'Policy' : '–';
}
