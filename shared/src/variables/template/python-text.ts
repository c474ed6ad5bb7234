import { isJsonObject, type JsonValue } from '../json-value';

/** A value as text in Dograh, which is a Python program: `True`, `1e-05`, `{"a": 1}`. */
export function toPythonText(value: JsonValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return numberText(value);
  return jsonText(value);
}

/** Python writes fractions below 0.0001 with an exponent of at least two digits. */
function numberText(value: number): string {
  const text = JSON.stringify(value);
  const isFraction = !Number.isInteger(value);
  const exponential = isFraction && Math.abs(value) < 1e-4 ? value.toExponential() : text;
  return exponential.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** Python's JSON has a space after commas and colons, and only ASCII. */
function jsonText(value: JsonValue): string {
  if (Array.isArray(value)) return `[${value.map(jsonText).join(', ')}]`;
  if (isJsonObject(value)) {
    const entries = Object.entries(value).map(
      ([name, item]) => `${quotedText(name)}: ${jsonText(item)}`,
    );
    return `{${entries.join(', ')}}`;
  }
  if (typeof value === 'string') return quotedText(value);
  return typeof value === 'number' ? numberText(value) : JSON.stringify(value);
}

function quotedText(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
