import { el } from './dom.js';
import { longText } from './long.js';
import { visible } from './visible.js';

const LONG_CHARACTERS = 400;
const LONG_LINES = 8;
const PLAIN_DECIMAL = /^(-?)(\d+)(\.\d+)?$/;
const CURRENCY = /^[A-Z]{3}$/;

/** The text of a value: strings as they are, anything else as JSON. */
export function textOf(value) {
  if (typeof value === 'string') return value;
  return JSON.stringify(value, null, 2) ?? '';
}

/** Whether a unit is a currency code, so that the value is money. */
export function isMoney(value, unit) {
  return CURRENCY.test(unit ?? '') && PLAIN_DECIMAL.test(textOf(value));
}

/** A text of any length: a long one scrolls, can be opened, and says how long it is. */
export function prose(value, label) {
  const text = textOf(value);
  const short = text.length <= LONG_CHARACTERS && text.split('\n').length <= LONG_LINES;
  return short ? el('div', { class: 'prose', dir: 'auto' }, visible(text)) : longText(text, label);
}

/**
 * The exact value of one parameter with its unit. Digits of what is counted are set in groups without
 * changing the text; a number that is a name, such as an order's, has no unit and stays as it is.
 */
export function exactValue(value, unit, label) {
  if (value === undefined) return el('span', { class: 'absent' }, 'not given');
  if (value === null) return el('span', { class: 'absent' }, 'null');
  if (value === '') return el('span', { class: 'absent' }, 'empty text');
  const text = textOf(value);
  const unitNode = unit ? el('span', { class: 'unit' }, visible(unit)) : null;
  if (unit && PLAIN_DECIMAL.test(text)) {
    const cents = typeof value === 'number' && isMoney(value, unit);
    const number = el('span', { class: 'number' }, digits(cents ? withCents(text) : text));
    return el('span', { class: isMoney(value, unit) ? 'money' : '' }, number, unitNode);
  }
  return el('div', {}, prose(value, label), unitNode);
}

function withCents(text) {
  const [whole, fraction = ''] = text.split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}

function digits(text) {
  const [, sign, whole, fraction = ''] = PLAIN_DECIMAL.exec(text);
  const groups = whole.length > 4 ? whole.match(/\d{1,3}(?=(\d{3})*$)/g) : [whole];
  return [sign, ...groups.map((group) => el('span', { class: 'group' }, group)), fraction];
}
