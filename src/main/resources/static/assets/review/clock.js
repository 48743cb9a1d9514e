import { visible } from './visible.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const LOCAL = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });
const SHORT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** `2 d 3 h`, `3 h 12 min`, `4 min 09 s`: the two largest parts of a span of time. */
export function span(milliseconds) {
  const rest = Math.max(0, milliseconds);
  const part = (unit, size) => Math.floor((rest % size) / unit);
  if (rest >= DAY) return `${Math.floor(rest / DAY)} d ${part(HOUR, DAY)} h`;
  if (rest >= HOUR) return `${part(HOUR, DAY)} h ${part(MINUTE, HOUR)} min`;
  return `${part(MINUTE, HOUR)} min ${String(part(SECOND, MINUTE)).padStart(2, '0')} s`;
}

function timeElement(iso, format) {
  const time = document.createElement('time');
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) {
    time.append(visible(iso));
    return time;
  }
  time.dateTime = date.toISOString();
  time.textContent = format.format(date);
  time.title = `${date.toISOString()} (UTC)`;
  return time;
}

/** A point in time in the reader's own zone, in words; UTC in the title. */
export function moment(iso) {
  return timeElement(iso, LOCAL);
}

/** The same, short enough for a table. */
export function shortMoment(iso) {
  return timeElement(iso, SHORT);
}
