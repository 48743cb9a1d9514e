import { el } from './dom.js';
import { changeList, difference } from './changes.js';
import { prose } from './value.js';
import { shownVersion } from './stages.js';

/** What choosing this option would do, drawn like an edit: it is one if it carries parameters. */
export function optionEffect(request, option) {
  if (!option.parameters) return el('p', { class: 'soft' }, 'Nothing is carried out; the agent gets this as its answer.');
  const shown = shownVersion(request).parameters;
  const changes = difference(shown, option.parameters);
  if (changes.length === 0) return el('p', { class: 'soft' }, 'It is carried out exactly as shown above.');
  return el('div', {}, el('p', { class: 'soft' }, 'It is carried out with these values:'), changeList(request, changes, shown));
}

/** Whether an option would carry out values that the manifest does not declare. */
export function isInspected(request, option) {
  const declared = (request.presentation?.fields ?? []).filter((field) => field.declared !== false).map((field) => field.name);
  return Object.keys(option.parameters ?? {}).every((name) => declared.includes(name));
}

/** The agent's own name for the option. */
export function optionLabel(option) {
  return prose(option.label ?? option.id, 'Option');
}

/** The options as they were offered, where nothing can be chosen any more. */
export function optionsOffered(request) {
  return (request.options ?? []).map((option) => el('div', {}, optionLabel(option), optionEffect(request, option)));
}
