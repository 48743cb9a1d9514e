import '../review/review.js';
import { el, section } from '../review/dom.js';
import { failure, loading } from '../review/state.js';
import { load } from '../review/load.js';
import { Charts } from './charts.js';
import { figures } from './figures.js';
import { PeriodForm } from './period.js';
import { actionTable, outcomeTable, reviewerTable, timeTable } from './tables.js';
import { signs } from './signs.js';

const sheet = (path) => el('link', { rel: 'stylesheet', href: new URL(path, import.meta.url).href });
const arrived = (link) => new Promise((go) => ['load', 'error'].forEach((end) => link.addEventListener(end, go)));

/** `<countersign-performance>`: how people decide, in numbers, for managers and auditors. */
class CountersignPerformance extends HTMLElement {
  #root = this.attachShadow({ mode: 'open' });
  #period = new PeriodForm(() => this.#load());
  #charts = new Charts(this);
  #state = el('div', {});
  #report = el('div', { class: 'report', hidden: true });
  #styled;
  #turn = 0;

  constructor() {
    super();
    const history = el('a', { href: '/camunda/app/cockpit/default/#/approvals' }, 'Every single request');
    const head = el('div', { class: 'head' }, el('h2', {}, 'How people decide'), history);
    const body = el('div', { class: 'body wide' }, head, this.#period.element, this.#state, this.#report);
    const sheets = [sheet('../review/review.css'), sheet('./performance.css')];
    // Charts are painted with the colours of the style sheets.
    this.#styled = Promise.all(sheets.map(arrived));
    this.#root.append(...sheets, body);
  }

  connectedCallback() {
    this.#load();
  }

  disconnectedCallback() {
    this.#turn += 1;
    this.#charts.clear();
  }

  async #load() {
    const turn = ++this.#turn;
    this.#charts.clear();
    this.#report.hidden = true;
    this.#state.replaceChildren(loading('the numbers'));
    try {
      const { body } = await load(`/api/v1/performance?${new URLSearchParams(this.#period.values)}`);
      if (turn === this.#turn) this.#show(body);
    } catch (problem) {
      if (turn === this.#turn) this.#state.replaceChildren(failure(problem, () => this.#load()));
    }
  }

  #show(report) {
    this.#period.fill(report);
    this.#report.replaceChildren(figures(report), ...this.#parts(report));
    this.#report.hidden = false;
    this.#state.replaceChildren(...(isEmpty(report) ? [nothing(report)] : []));
    this.#styled.then(() => this.#charts.draw());
  }

  #parts(report) {
    const query = new URLSearchParams(this.#period.values);
    const outcomes = [this.#charts.outcomes(report), outcomeTable(report), csv('spans', query)];
    const times = [this.#charts.times(report), timeTable(report)];
    const people = [this.#charts.load(report), reviewerTable(report), csv('reviewers', query)];
    return [
      section('What became of it', {}, ...(isEmpty(report) ? [] : outcomes)),
      section('Time to decide', {}, ...(report.total.decisions.timed === 0 ? [el('p', { class: 'soft' }, 'Nobody decided in these days.')] : times)),
      section('Actions', {}, ...(report.actions.length === 0 ? [el('p', { class: 'soft' }, 'No action in these days.')] : [actionTable(report), csv('actions', query)])),
      section('Reviewers', {}, ...(report.reviewers.length === 0 ? [el('p', { class: 'soft' }, 'Nobody decided in these days, and nobody holds a review.')] : people)),
      signs(report),
    ];
  }
}

function isEmpty({ total }) {
  return total.proposed === 0 && total.decisions.count === 0 && total.missedDeadlines === 0;
}

function nothing({ action }) {
  return el('div', { class: 'state', role: 'status' }, action ? 'Nothing of this action in these days.' : 'No agent asked for anything in these days.');
}

function csv(table, query) {
  const link = el('a', { href: `/api/v1/performance.csv?table=${table}&${query}`, download: true }, 'Download as CSV');
  return el('p', { class: 'csv' }, link);
}

if (!customElements.get('countersign-performance')) {
  customElements.define('countersign-performance', CountersignPerformance);
}
