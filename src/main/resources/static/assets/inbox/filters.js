import { el, newId } from '../review/dom.js';
import { visible } from '../review/visible.js';

const CHOICES = {
  severity: [['', 'Any'], ['high', 'High'], ['low', 'Low']],
  held: [['', 'Anybody or nobody'], ['me', 'Held by me'], ['nobody', 'Held by nobody']],
};

/** What narrows the inbox; kept in the address, so that it can be bookmarked and sent around. */
export class Filters {
  constructor(onchange) {
    this.action = el('select', {}, el('option', { value: '' }, 'Any'));
    this.severity = select(CHOICES.severity);
    this.held = select(CHOICES.held);
    this.fields = { action: this.action, severity: this.severity, held: this.held };
    this.wanted = '';
    for (const field of Object.values(this.fields)) {
      field.addEventListener('change', () => {
        this.wanted = this.action.value;
        this.writeAddress();
        onchange();
      });
    }
    const named = [label('Action', this.action), label('Consequence', this.severity), label('Held by', this.held)];
    this.element = el('form', { class: 'filters', role: 'search', 'aria-label': 'Filter the inbox', onsubmit: (event) => event.preventDefault() }, named);
    addEventListener('popstate', () => {
      this.readAddress();
      onchange();
    });
  }

  /** The filters in use; empty ones are left out. */
  get values() {
    const all = { action: this.wanted, severity: this.severity.value, held: this.held.value };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
  }

  get inUse() {
    return Object.keys(this.values).length > 0;
  }

  /** Offers the actions that wait; the one that was asked for stays, even if none does any more. */
  offer(groups) {
    const actions = new Set(groups.map((group) => group.action));
    for (const option of this.action.options) actions.add(option.value);
    if (this.wanted) actions.add(this.wanted);
    actions.delete('');
    const options = [...actions].sort().map((action) => el('option', { value: action }, visible(action)));
    this.action.replaceChildren(el('option', { value: '' }, 'Any'), ...options);
    this.action.value = this.wanted;
  }

  readAddress() {
    const address = new URLSearchParams(location.search);
    this.wanted = address.get('action') ?? '';
    for (const name of ['severity', 'held']) {
      const known = CHOICES[name].some(([value]) => value === address.get(name));
      this.fields[name].value = known ? address.get(name) : '';
    }
  }

  writeAddress() {
    const query = new URLSearchParams(this.values).toString();
    history.pushState(null, '', query ? `?${query}` : location.pathname);
  }
}

function select(choices) {
  return el('select', {}, choices.map(([value, text]) => el('option', { value }, text)));
}

function label(text, input) {
  input.id = newId('filter');
  return el('div', { class: 'filter' }, el('label', { for: input.id }, text), input);
}
