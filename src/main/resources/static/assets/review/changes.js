import { el } from './dom.js';
import { exactValue } from './value.js';
import { longList } from './long.js';
import { visible } from './visible.js';

/** What a JSON patch does to `before`, value by value, in the words of the top panel. */
export function changeList(request, list, before) {
  return el('div', { class: 'changes' }, longList(list, (change) => changeLine(request, change, before)));
}

function changeLine(request, change, before) {
  const keys = String(change.path ?? '').split('/').slice(1).map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const field = (request.presentation?.fields ?? []).find((candidate) => candidate.name === keys[0]);
  const unit = keys.length === 1 ? field?.unit : undefined;
  const label = [field?.label ?? keys[0] ?? 'everything', ...keys.slice(1)].join(' · ');
  const old = valueAt(before, keys);
  return el(
    'div',
    { class: 'change' },
    el('span', { class: 'label' }, visible(label)),
    field?.declared === false || !field ? el('span', { class: 'badge grave' }, 'Not inspected') : null,
    old === undefined ? null : el('del', {}, exactValue(old, unit, label)),
    change.op === 'remove' ? el('ins', {}, 'removed') : el('ins', {}, exactValue(change.value, unit, label)),
  );
}

function valueAt(document, keys) {
  let value = document;
  for (const key of keys) {
    if (value === null || typeof value !== 'object' || !Object.hasOwn(value, key)) return undefined;
    value = value[key];
  }
  return value;
}

/** What would turn `before` into `after`, as the server writes it: objects by key, anything else whole. */
export function difference(before, after, path = '') {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (!isObject(before) || !isObject(after)) return [{ op: 'replace', path, value: after }];
  const pointer = (key) => `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const gone = Object.keys(before).filter((key) => !Object.hasOwn(after, key));
  const changed = Object.entries(after).flatMap(([key, value]) =>
    Object.hasOwn(before, key) ? difference(before[key], value, pointer(key)) : [{ op: 'add', path: pointer(key), value }],
  );
  return [...gone.map((key) => ({ op: 'remove', path: pointer(key) })), ...changed];
}

function isObject(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
