import { span } from '../review/clock.js';

const NONE = '–';

/** A span of seconds in words. */
export function duration(seconds) {
  if (seconds === undefined || seconds === null) return NONE;
  return seconds < 60 ? `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s` : span(seconds * 1000);
}

/** A rate of requests that have ended; nothing where none has. */
export function rate(value, asked) {
  return asked.closed === 0 ? NONE : percent(value ?? 0);
}

/** `12.5 %` */
export function percent(value) {
  return `${(value * 100).toFixed(1)} %`;
}

/** The day on which a span begins, in UTC as it was counted. */
export function day(start) {
  return new Date(`${start}T00:00:00Z`).toLocaleDateString(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
}
