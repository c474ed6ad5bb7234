import { isJsonObject, type JsonValue } from '../json-value';

/** A value as it is written into a text by Dograh, which is a Python program: `True`, `1e-05`, `{"a": 1}`. */
export function toPythonText(value: JsonValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return numberWritten(value);
  return jsonWritten(value);
}

/** Fractions below 0.0001 get an exponent, which has two digits at least. */
function numberWritten(value: number): string {
  const text = JSON.stringify(value);
  const isFraction = !Number.isInteger(value);
  const exponential = isFraction && Math.abs(value) < 1e-4 ? value.toExponential() : text;
  return exponential.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** With a space behind commas and colons, and nothing but ASCII. */
function jsonWritten(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(jsonWritten).join(', ')}]`;
  if (isJsonObject(value)) {
    const entries = Object.entries(value).map(
      ([name, item]) => `${textWritten(name)}: ${jsonWritten(item)}`,
    );
    return `{${entries.join(', ')}}`;
  }
  if (typeof value === 'string') return textWritten(value);
  return typeof value === 'number' ? numberWritten(value) : JSON.stringify(value);
}

function textWritten(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
