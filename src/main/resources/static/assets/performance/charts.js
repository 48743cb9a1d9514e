import { el } from '../review/dom.js';
import { day, duration } from './numbers.js';
import { OUTCOMES } from './series.js';

// The version is the one of the pom.
const LIBRARY = '/webjars/chart.js/4.5.1/dist/chart.umd.min.js';
const MOST_PEOPLE = 20;
const DARK = matchMedia('(prefers-color-scheme: dark)');

/** The charts of a report. Each has a table beside it: who cannot see it loses nothing. */
export class Charts {
  #host;
  #planned = [];
  #drawn = [];
  #turn = 0;

  constructor(host) {
    this.#host = host;
    DARK.addEventListener('change', () => this.draw());
  }

  clear() {
    this.#turn += 1;
    this.#planned = [];
    this.#erase();
  }

  /** Requests by what became of them. */
  outcomes({ spans }) {
    return this.#plan('Bars: requests to people by what became of them', () => ({
      type: 'bar',
      data: { labels: spans.map(({ start }) => day(start)), datasets: OUTCOMES.map((outcome) => this.#bars(outcome.name, outcome.colour, spans.map(outcome.count))) },
      options: this.#options({ x: { stacked: true }, y: { stacked: true, ticks: { precision: 0 } } }),
    }));
  }

  /** How long deciding took. */
  times({ spans }) {
    const known = spans.filter(({ decisions }) => decisions.timed > 0);
    const line = (label, colour, value) => ({ label, data: known.map(value), borderColor: this.#colour(colour), backgroundColor: this.#colour(colour), borderWidth: 2, pointRadius: 3, tension: 0 });
    return this.#plan('Lines: median time to decide, and how long 95 percent took at most', () => ({
      type: 'line',
      data: { labels: known.map(({ start }) => day(start)), datasets: [line('Median', '--approved', (each) => each.decisions.medianSeconds), line('95 % within', '--rejected', (each) => each.decisions.p95Seconds)] },
      options: this.#options({ y: { beginAtZero: true, ticks: { callback: duration, maxTicksLimit: 6 } } }, (item) => `${item.dataset.label}: ${duration(item.parsed.y)}`),
    }));
  }

  /** Who decided how much, and has how much. */
  load({ reviewers }) {
    const people = reviewers.slice(0, MOST_PEOPLE);
    return this.#plan('Bars: decided and open now, by reviewer', () => ({
      type: 'bar',
      data: { labels: people.map(({ reviewer }) => reviewer), datasets: [this.#bars('Decided', '--approved', people.map(({ decisions }) => decisions.count)), this.#bars('Open now', '--open', people.map(({ openNow }) => openNow))] },
      options: { ...this.#options({ x: { ticks: { precision: 0 } } }), indexAxis: 'y' },
    }));
  }

  /** Draws what was planned; without the library there are still the tables. */
  async draw() {
    const turn = ++this.#turn;
    const Chart = await library();
    if (turn !== this.#turn) return;
    this.#erase();
    for (const { canvas, place, chart } of this.#planned) {
      if (Chart) this.#drawn.push(new Chart(canvas, chart()));
      else place.replaceChildren(el('p', { class: 'soft' }, 'The chart could not be drawn. The table holds the same numbers.'));
    }
  }

  #erase() {
    for (const chart of this.#drawn) chart.destroy();
    this.#drawn = [];
  }

  #plan(label, chart) {
    const canvas = el('canvas', { role: 'img', 'aria-label': `${label}. The table below holds the numbers.` });
    const place = el('div', { class: 'chart' }, canvas);
    this.#planned.push({ canvas, place, chart });
    return place;
  }

  #bars(label, colour, data) {
    return { label, data, backgroundColor: this.#colour(colour), maxBarThickness: 36 };
  }

  #options(scales, tooltip) {
    const axis = (own) => ({ grid: { color: this.#colour('--edge') }, border: { display: false }, ...own, ticks: { color: this.#colour('--soft'), ...own?.ticks } });
    return {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      scales: { x: axis(scales.x), y: axis(scales.y) },
      plugins: { legend: { labels: { color: this.#colour('--ink'), boxWidth: 12 } }, tooltip: tooltip ? { callbacks: { label: tooltip } } : {} },
    };
  }

  #colour(name) {
    return getComputedStyle(this.#host).getPropertyValue(name).trim();
  }
}

async function library() {
  try {
    if (!globalThis.Chart) await import(LIBRARY);
  } catch (problem) {
    console.error(problem);
  }
  return globalThis.Chart;
}
