import { el, newId } from './dom.js';
import { visible } from './visible.js';

/** Lets a person who is asked in several places say for which of them they decide now. */
export function stageChooser(stages, chosen, onchoose) {
  if (stages.length < 2) return null;
  const id = newId('stage');
  const select = el('select', { id }, stages.map((stage) => el('option', { value: stage, selected: stage === chosen }, visible(stage).textContent)));
  select.addEventListener('change', () => onchoose(select.value));
  return el('div', { class: 'turns' }, el('label', { for: id }, 'You are asked in several places. Decide for'), select);
}
