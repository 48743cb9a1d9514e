import { el, newId } from './dom.js';
import { editableType, read } from './check.js';
import { hasHidden, visible } from './visible.js';
import { exactValue } from './value.js';

const LONG_TEXT = 80;

/** One parameter: its exact value, and while editing an input made from its schema. */
export class ParameterField {
  constructor({ name, label, unit, declared, schema }, original, onchange) {
    Object.assign(this, { name, label: label ?? name, unit, declared, schema: schema ?? {}, original });
    this.editable = declared && editableType(schema) !== null;
    this.onchange = onchange;
    this.touched = false;
    this.input = null;
    this.shown = el('dd', { class: 'exact' });
    this.title = el('dt', {}, ...this.titleParts());
    this.element = el('div', { class: declared ? 'field' : 'field undeclared', 'data-name': name }, this.title, this.shown);
    this.show();
  }

  titleParts() {
    const parts = [el('span', { class: 'label' }, visible(this.label)), el('code', { class: 'name' }, visible(this.name))];
    if (!this.declared) parts.push(el('span', { class: 'badge grave' }, 'Not inspected'));
    return parts;
  }

  show() {
    this.input = null;
    this.shown.replaceChildren(exactValue(this.original, this.unit, this.label));
    if (!this.declared) {
      this.shown.append(el('p', { class: 'soft' }, 'The manifest does not declare this parameter: no rule has looked at it.'));
    }
  }

  edit() {
    if (!this.editable || this.input) return;
    const id = newId('parameter');
    this.message = el('p', { class: 'problem', id: `${id}-problem`, 'aria-live': 'polite' });
    this.was = el('p', { class: 'was', id: `${id}-was` });
    this.input = this.makeInput(id);
    this.before = this.raw();
    this.input.addEventListener('input', () => this.changed());
    this.input.addEventListener('blur', () => this.touch());
    const label = el('label', { for: id, class: 'hidden-label' }, visible(this.label));
    const unit = this.unit ? el('span', { class: 'unit' }, visible(this.unit)) : null;
    this.shown.replaceChildren(label, el('div', { class: 'edit-line' }, this.input, unit), this.was, this.message);
    this.refresh();
  }

  makeInput(id) {
    const attributes = { id, 'aria-describedby': `${id}-was ${id}-problem`, autocomplete: 'off', spellcheck: 'false' };
    const type = editableType(this.schema);
    if (type === 'enum' || type === 'boolean') return this.makeSelect(attributes, type);
    const text = this.original === undefined || this.original === null ? '' : String(this.original);
    const long = type === 'string' && (text.length > LONG_TEXT || /[\r\n]/.test(text) || this.schema.maxLength > 200);
    const input = long ? el('textarea', { ...attributes, rows: 5 }) : el('input', { ...attributes, type: 'text' });
    if (type !== 'string') input.inputMode = 'decimal';
    input.dir = 'ltr';
    input.value = text;
    return input;
  }

  makeSelect(attributes, type) {
    this.options = type === 'boolean' ? [true, false] : [...this.schema.enum];
    const has = this.options.some((option) => option === this.original);
    if (!has) this.options.unshift(this.original);
    const select = el('select', attributes);
    this.options.forEach((option, index) => {
      const text = option === undefined ? 'not given' : String(option);
      select.append(el('option', { value: index, selected: option === this.original }, visible(text).textContent));
    });
    return select;
  }

  raw() {
    return this.input.value;
  }

  /** What an edit would send: `{changed, value}` or `{changed, problem}`. Untouched values stay byte for byte. */
  result() {
    if (!this.input || this.raw() === this.before) return { changed: false, value: this.original };
    if (this.options) return { changed: true, value: this.options[Number(this.raw())] };
    const answer = read(this.raw(), this.schema);
    return { changed: answer.value !== this.original, ...answer };
  }

  changed() {
    this.refresh();
    this.onchange();
  }

  touch() {
    this.touched = true;
    this.refresh();
  }

  refresh() {
    if (!this.input) return;
    const { changed, problem } = this.result();
    this.element.classList.toggle('changed', changed);
    this.was.replaceChildren();
    if (changed) this.was.append('was ', el('del', {}, exactValue(this.original, this.unit, this.label)));
    if (!this.options && hasHidden(this.raw())) {
      this.was.append(el('span', { class: 'reads' }, ' reads: ', visible(this.raw())));
    }
    const shown = problem && this.touched ? `${this.label}: ${problem}.` : '';
    this.message.replaceChildren(visible(shown));
    this.input.setAttribute('aria-invalid', String(Boolean(problem && this.touched)));
  }

  /** Shows what the server says of what was typed, until it is typed anew. */
  showProblem(expected) {
    this.message.replaceChildren(visible(`${this.label}: ${expected}.`));
    this.input.setAttribute('aria-invalid', 'true');
  }

  stopEditing() {
    this.element.classList.remove('changed');
    this.touched = false;
    this.options = undefined;
    this.show();
  }
}
