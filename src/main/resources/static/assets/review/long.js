import { el, newId } from './dom.js';
import { visible } from './visible.js';

const GLANCE = 800;
const PART = 10_000;
const LOOK_BACK = 200;
const LOW_SURROGATE = /[\uDC00-\uDFFF]/;
const MANY = 10;
const PAUSE = 200;

/**
 * A long text: its beginning at first, all of it when opened. What is very long is shown part by part,
 * so that no text can keep the browser busy, and its last character is one press away.
 */
export function longText(text, label) {
  const parts = cut(text);
  const length = [...text].length;
  const box = el('div', { class: 'prose clipped', dir: 'auto', tabindex: 0, role: 'region', 'aria-label': `${label}, ${length} characters` });
  const toggle = el('button', { type: 'button', class: 'quiet', 'aria-expanded': 'false' }, 'Show all');
  const draw = (piece, isLast) => {
    box.replaceChildren(visible(piece));
    box.classList.toggle('cut', !isLast);
  };
  const pager = parts.length > 1 ? new Pager(parts.length, (part) => draw(parts[part], part === parts.length - 1)) : null;
  const glance = parts[0].slice(0, wholeUntil(parts[0], GLANCE));
  const fold = () => draw(glance, glance.length === text.length);
  toggle.addEventListener('click', () => {
    const open = box.classList.toggle('clipped') === false;
    toggle.textContent = open ? 'Show less' : 'Show all';
    toggle.setAttribute('aria-expanded', String(open));
    if (pager) pager.element.hidden = !open;
    if (!open) fold();
    else if (pager) pager.show(0);
    else draw(text, true);
  });
  fold();
  const badge = el('span', { class: 'badge' }, `${length.toLocaleString('en')} characters`);
  return el('div', {}, box, el('div', { class: 'long-foot' }, badge, toggle, pager?.element ?? null));
}

/** Cuts between words where it can: a word that mixes scripts must not look like two that do not. */
function cut(text) {
  const parts = [];
  for (let from = 0; from < text.length; ) {
    const to = from + PART < text.length ? goodEnd(text, from + PART) : text.length;
    parts.push(text.slice(from, to));
    from = to;
  }
  return parts;
}

function goodEnd(text, end) {
  for (let i = end; i > end - LOOK_BACK; i--) if (/\s/.test(text[i])) return i;
  return wholeUntil(text, end);
}

function wholeUntil(text, end) {
  return end < text.length && LOW_SURROGATE.test(text[end]) ? end + 1 : end;
}

class Pager {
  constructor(count, draw) {
    Object.assign(this, { count, draw, part: 0 });
    this.where = el('span', { class: 'soft', role: 'status' });
    this.back = this.step('Previous part', () => this.part - 1);
    this.next = this.step('Next part', () => this.part + 1);
    this.last = this.step('Last part', () => this.count - 1);
    this.element = el('span', { class: 'pager', hidden: true }, this.where, this.back, this.next, this.last);
  }

  step(name, target) {
    return el('button', { type: 'button', class: 'quiet', onclick: () => this.show(target()) }, name);
  }

  show(part) {
    this.part = part;
    this.draw(part);
    this.where.textContent = `Part ${part + 1} of ${this.count}`;
    this.back.disabled = part === 0;
    this.next.disabled = this.last.disabled = part === this.count - 1;
  }
}

/** A list of anything, however long: the first ones, and a button for as many again. */
export function longList(values, draw, attributes = { class: 'plain' }) {
  const list = el('ol', attributes);
  let shown = 0;
  const more = el('button', { type: 'button', class: 'quiet' });
  const show = (until) => {
    list.append(...values.slice(shown, until).map((value) => el('li', {}, draw(value))));
    shown = Math.min(until, values.length);
    more.hidden = shown === values.length;
    more.textContent = more.hidden ? '' : `Show more (${values.length - shown} left)`;
  };
  more.addEventListener('click', () => show(shown * 2));
  show(MANY);
  return el('div', { class: 'long-list' }, list, more);
}

/** The same; a list of more than a few can be searched, in everything its entries say. */
export function searchableList(title, values, draw) {
  if (values.length <= MANY / 2) return longList(values, draw);
  const texts = values.map((value) => JSON.stringify(value).toLowerCase());
  const id = newId('search');
  const input = el('input', { type: 'search', id, autocomplete: 'off', spellcheck: 'false' });
  const found = el('span', { class: 'soft', role: 'status' });
  const place = el('div', {});
  const show = () => {
    const wanted = JSON.stringify(input.value.trim()).slice(1, -1).toLowerCase();
    const matching = values.filter((_, at) => texts[at].includes(wanted));
    found.textContent = wanted === '' ? '' : `${matching.length} of ${values.length}`;
    place.replaceChildren(longList(matching, draw));
  };
  let waiting;
  input.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE);
  });
  show();
  const label = el('label', { for: id, class: 'soft' }, `Search in ${title.toLowerCase()}`);
  return el('div', {}, el('div', { class: 'search-line' }, label, input, found), place);
}
