const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const INTEGER = /^-?(?:0|[1-9]\d*)$/;

/** The one simple type a field may be edited as, or null if it cannot be edited here. */
export function editableType(schema) {
  if (!schema || schema.readOnly === true || 'const' in schema) return null;
  if (Array.isArray(schema.enum)) return 'enum';
  const types = [schema.type].flat().filter((type) => type !== 'null');
  return types.length === 1 && ['string', 'integer', 'number', 'boolean'].includes(types[0]) ? types[0] : null;
}

/** Reads what was typed as the field's type: `{value}`, or `{problem}` in words. */
export function read(text, schema) {
  const type = editableType(schema);
  if (type === 'integer' || type === 'number') return readNumber(text.trim(), type, schema);
  return readString(text, schema);
}

function readNumber(text, type, schema) {
  if (text === '') return { problem: 'expected a number, found nothing' };
  if (!(type === 'integer' ? INTEGER : NUMBER).test(text)) {
    return { problem: `expected a ${type === 'integer' ? 'whole number' : 'number such as 200.00'}` };
  }
  const value = Number(text);
  if (!keepsEveryDigit(text, value)) return { problem: 'has more digits than can be kept exactly' };
  const problem = range(value, schema) ?? step(text, schema);
  return problem ? { problem } : { value };
}

function keepsEveryDigit(text, value) {
  const bare = (digits) => digits.replace(/^-/, '').replace('.', '').replace(/^0+/, '').replace(/0+$/, '');
  if (INTEGER.test(text) && !Number.isSafeInteger(value)) return false;
  return bare(text).length <= 15;
}

function range(value, schema) {
  if (value < schema.minimum) return `expected at least ${schema.minimum}`;
  if (value > schema.maximum) return `expected at most ${schema.maximum}`;
  if (value <= schema.exclusiveMinimum) return `expected more than ${schema.exclusiveMinimum}`;
  if (value >= schema.exclusiveMaximum) return `expected less than ${schema.exclusiveMaximum}`;
  return null;
}

function step(text, { multipleOf }) {
  if (typeof multipleOf !== 'number') return null;
  const places = decimals(String(multipleOf));
  // Whole numbers of the smallest place: 0.3 is a multiple of 0.1 although 0.3 % 0.1 is not 0.
  const scale = 10 ** Math.max(places, decimals(text));
  const fits = Math.round(Number(text) * scale) % Math.round(multipleOf * scale) === 0;
  return fits ? null : `expected a multiple of ${multipleOf}`;
}

function decimals(text) {
  return (text.split('.')[1] ?? '').length;
}

function readString(text, schema) {
  const length = [...text].length;
  if (length < schema.minLength) {
    return { problem: schema.minLength === 1 ? 'expected some text' : `expected at least ${schema.minLength} characters` };
  }
  if (length > schema.maxLength) return { problem: `expected at most ${schema.maxLength} characters, found ${length}` };
  if (!matches(text, schema.pattern)) {
    return { problem: schema.patternMessage ?? `expected the form ${schema.pattern}` };
  }
  return { value: text };
}

function matches(text, pattern) {
  if (typeof pattern !== 'string') return true;
  try {
    return new RegExp(pattern, 'u').test(text);
  } catch {
    return true; // A pattern of another dialect: the server checks it.
  }
}
