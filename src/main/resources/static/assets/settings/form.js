import { el, newId } from '../review/dom.js';

const NAMES = { email: 'E-mail' };
const FIRST_HOURS = { from: '22:00', to: '07:00' };

/** The form of the settings: `{element, disable, showProblem}`; `save` gets what is to be stored. */
export function form(settings, save) {
  const channels = settings.personal.map((name) => channel(name, settings));
  const hours = quietHours(settings.quietHours);
  const problem = el('p', { class: 'problem', role: 'alert' });
  const button = el('button', { type: 'submit' }, 'Save');
  const element = el(
    'form',
    { onsubmit: submit },
    el('fieldset', {}, el('legend', {}, 'Channels'), channels.map((each) => each.element)),
    hours.element,
    problem,
    button,
  );

  function submit(event) {
    event.preventDefault();
    const chosen = channels.filter((each) => each.chosen()).map((each) => each.name);
    save({ channels: chosen, quietHours: hours.value() });
  }

  return {
    element,
    disable: (off) => { button.disabled = off; },
    showProblem: (found) => {
      problem.textContent = found?.message ?? '';
      hours.mark(found?.pointer ?? '');
    },
  };
}

function channel(name, settings) {
  const box = el('input', { type: 'checkbox', name, checked: settings.channels.includes(name) });
  const off = settings.configured.includes(name) ? '' : 'Not set up in this installation yet.';
  return {
    name,
    chosen: () => box.checked,
    element: el('div', {}, check(box, NAMES[name] ?? name), el('p', { class: 'soft' }, off)),
  };
}

function quietHours(stored) {
  const on = el('input', { type: 'checkbox', name: 'quiet', checked: stored !== undefined, onchange: toggle });
  const inputs = {
    from: el('input', { type: 'time', name: 'from', required: true, value: stored?.from ?? FIRST_HOURS.from }),
    to: el('input', { type: 'time', name: 'to', required: true, value: stored?.to ?? FIRST_HOURS.to }),
    zone: el('input', { name: 'zone', required: true, spellcheck: 'false', autocomplete: 'off', value: stored?.zone ?? ownZone(), list: 'zones' }),
  };
  const fields = el(
    'div',
    { class: 'hours' },
    labelled('From', inputs.from),
    labelled('To', inputs.to),
    labelled('Time zone', inputs.zone, 'zone'),
    el('datalist', { id: 'zones' }, zones().map((zone) => el('option', { value: zone }))),
  );
  toggle();

  function toggle() {
    fields.hidden = !on.checked;
    Object.values(inputs).forEach((input) => { input.disabled = !on.checked; });
  }

  return {
    value: () => on.checked ? { from: inputs.from.value, to: inputs.to.value, zone: inputs.zone.value.trim() } : null,
    mark: (pointer) => Object.entries(inputs).forEach(([name, input]) => {
      const wrong = pointer === `/quietHours/${name}`;
      input.setAttribute('aria-invalid', String(wrong));
      if (wrong) input.focus();
    }),
    element: el(
      'fieldset',
      {},
      el('legend', {}, 'Quiet hours'),
      check(on, 'Keep what can wait until they are over'),
      fields,
    ),
  };
}

function check(box, text) {
  return el('label', { class: 'check' }, box, text);
}

function labelled(text, input, kind = '') {
  const id = newId('field');
  input.id = id;
  return el('label', { for: id, class: kind }, text, input);
}

function ownZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'Europe/Berlin';
}

function zones() {
  return typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [];
}
