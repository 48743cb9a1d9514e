import { el } from './dom.js';

// Invisible, reordering or unassigned: all of these can make a text read otherwise than it is.
const INVISIBLE =
  /(?![ \n])[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Zs}\p{Default_Ignorable_Code_Point}\u2800\u{1D159}]/u;
const PILED_ACCENT = /(?<=\p{M}{2})\p{M}/u;
const SUSPECT = new RegExp(`${INVISIBLE.source}|${PILED_ACCENT.source}`, 'gu');
const SPACE = 0x20;
const LETTERS = /\p{L}[\p{L}\p{M}\p{N}]*/gu;
const SCRIPTS = [
  ['Latin', /\p{Script=Latin}/u],
  ['Cyrillic', /\p{Script=Cyrillic}/u],
  ['Greek', /\p{Script=Greek}/u],
  ['Armenian', /\p{Script=Armenian}/u],
  ['Cherokee', /\p{Script=Cherokee}/u],
];
const NAMES = {
  0x0000: 'null',
  0x0008: 'backspace',
  0x000d: 'carriage return',
  0x001b: 'escape',
  0x0020: 'space at the edge',
  0x00a0: 'no-break space',
  0x00ad: 'soft hyphen',
  0x200b: 'zero-width space',
  0x200c: 'zero-width non-joiner',
  0x200d: 'zero-width joiner',
  0x200e: 'left-to-right mark',
  0x200f: 'right-to-left mark',
  0x202a: 'left-to-right embedding',
  0x202b: 'right-to-left embedding',
  0x202c: 'end of direction',
  0x202d: 'left-to-right override',
  0x202e: 'right-to-left override',
  0x2060: 'word joiner',
  0x2066: 'left-to-right isolate',
  0x2067: 'right-to-left isolate',
  0x2068: 'first-strong isolate',
  0x2069: 'end of isolate',
  0xfeff: 'byte order mark',
};

/** `U+202E` for a code point. */
export function codeName(codePoint) {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}

function describe(codePoint) {
  const name = codeName(codePoint);
  if (NAMES[codePoint]) return `${name}, ${NAMES[codePoint]}`;
  if (codePoint >= 0xe0000 && codePoint <= 0xe007f) return `${name}, hidden tag character`;
  return `${name}, a character that cannot be seen`;
}

function mark(codePoint) {
  const title = describe(codePoint);
  return el('span', { class: 'mark', title }, `⟦${codeName(codePoint)}⟧`);
}

/** Cuts a text into what can be read as it stands (strings) and what must be marked (code points). */
export function pieces(text) {
  const result = [];
  const [start, end] = core(text);
  for (let i = 0; i < start; i++) result.push(SPACE);
  let from = start;
  const inner = text.slice(0, end);
  for (const match of inner.matchAll(SUSPECT)) {
    if (match.index > from) result.push(inner.slice(from, match.index));
    result.push(match[0].codePointAt(0));
    from = match.index + match[0].length;
  }
  if (from < end) result.push(inner.slice(from));
  for (let i = end; i < text.length; i++) result.push(SPACE);
  return result;
}

// By hand: a pattern for spaces at the end takes quadratic time on a text full of spaces.
function core(text) {
  let start = 0;
  let end = text.length;
  while (start < end && text[start] === ' ') start++;
  while (end > start && text[end - 1] === ' ') end--;
  return [start, end];
}

/** Whether a text holds anything that would be marked. */
export function hasHidden(text) {
  return pieces(text).some((piece) => typeof piece === 'number');
}

/** A text as nodes: everything readable as text, everything else as a visible mark. */
export function visible(text) {
  const fragment = document.createDocumentFragment();
  for (const piece of pieces(String(text))) {
    if (typeof piece === 'number') fragment.append(mark(piece));
    else appendReadable(fragment, piece);
  }
  return fragment;
}

function appendReadable(fragment, text) {
  let from = 0;
  for (const match of text.matchAll(LETTERS)) {
    const scripts = SCRIPTS.filter(([, pattern]) => pattern.test(match[0])).map(([name]) => name);
    if (scripts.length < 2) continue;
    const title = `This word mixes ${scripts.join(' and ')} letters`;
    const flag = el('span', { class: 'mixed-flag' }, `⟦${scripts.join('+')}⟧`);
    appendLines(fragment, text.slice(from, match.index));
    fragment.append(el('span', { class: 'mixed', title }, match[0], flag));
    from = match.index + match[0].length;
  }
  appendLines(fragment, text.slice(from));
}

function appendLines(fragment, text) {
  text.split('\n').forEach((line, index) => {
    if (index > 0) fragment.append(el('span', { class: 'newline', title: 'line break' }, '↵'), '\n');
    if (line) fragment.append(line);
  });
}
