/** Makes an element. Data reaches the page as text only: there is no way to pass markup. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

let lastId = 0;

/** An id that is unique on this page, to tie labels and messages to fields. */
export function newId(prefix) {
  lastId += 1;
  return `${prefix}-${lastId}`;
}

/** A titled part of the page. */
export function section(title, attributes, ...children) {
  const id = newId('title');
  return el(
    'section',
    { ...attributes, 'aria-labelledby': id },
    el('h3', { id, class: 'section-title' }, title),
    ...children,
  );
}

/** Whether something optional was given and is not empty. */
export function given(value) {
  return (
    value !== null &&
    value !== undefined &&
    value !== '' &&
    !(Array.isArray(value) && value.length === 0)
  );
}
