import { InvalidInputError } from '../errors/dograh-error';
import { quote } from '../errors/quote';

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
  [name: string]: JsonValue;
}

/** Deeper than any real record; keeps a hostile one from exhausting the stack. */
const MAX_DEPTH = 100;
/** Names that mean something to JavaScript objects themselves. */
const UNSAFE_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * A copy of `value` as JSON would carry it: dates as ISO-8601, everything else with its own type. `undefined`
 * comes back as such, so that the caller can leave the name out.
 * @param path where the value stands, for messages
 * @throws InvalidInputError for what JSON cannot carry without loss, and for unsafe names
 */
export function toJsonValue(value: unknown, path: string): JsonValue | undefined {
  return convert(value, path, []);
}

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isUnsafeName(name: string): boolean {
  return UNSAFE_NAMES.has(name);
}

export function assertSafeName(name: string, path: string): void {
  if (!isUnsafeName(name)) return;
  throw new InvalidInputError({
    message: `The variable ${quote(path)} has a reserved JavaScript name.`,
    hint: `Rename ${quote(name)}, e.g. to ${quote(`${name.replaceAll('_', '')}_value`)}.`,
  });
}

function convert(value: unknown, path: string, above: readonly object[]): JsonValue | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return value;
    case 'number':
      return convertNumber(value, path);
    case 'object':
      return value === null ? null : convertObject(value, path, above);
    default:
      throw cannotCarry(path, `a ${typeof value}`);
  }
}

/** Beyond the safe ones, digits have been lost already where it came from text, as an ID may have. */
function convertNumber(value: number, path: string): number {
  if (!Number.isFinite(value)) throw cannotCarry(path, String(value));
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
  throw new InvalidInputError({
    message: `The variable ${quote(path)} is a number with more digits than can be sent: it would arrive as ${value}.`,
    hint: 'Put it in quotes, or turn it into text where it comes from.',
  });
}

function convertObject(
  value: object,
  path: string,
  above: readonly object[],
): JsonValue | undefined {
  if (above.includes(value)) throw cannotCarry(path, 'an object that contains itself');
  if (above.length >= MAX_DEPTH)
    throw cannotCarry(path, `more than ${MAX_DEPTH} levels of objects`);
  const inside = [...above, value];
  if (Array.isArray(value)) {
    return value.map((item, index) => convert(item, `${path}[${index}]`, inside) ?? null);
  }
  if ('toJSON' in value) return fromToJson(value, path, inside);
  if (Object.prototype.toString.call(value) !== '[object Object]') {
    throw cannotCarry(path, Object.prototype.toString.call(value).slice(8, -1));
  }
  return convertEntries(value, path, inside);
}

/** Dates, and the date objects of n8n's expressions, write themselves as ISO-8601. */
function fromToJson(value: object, path: string, inside: readonly object[]): JsonValue | undefined {
  const toJson: unknown = Reflect.get(value, 'toJSON');
  if (typeof toJson !== 'function') return convertEntries(value, path, inside);
  const written: unknown = Reflect.apply(toJson, value, ['']);
  if (written === null) throw cannotCarry(path, 'an invalid date');
  return convert(written, path, inside);
}

function convertEntries(value: object, path: string, inside: readonly object[]): JsonObject {
  const result: JsonObject = {};
  for (const [name, item] of Object.entries(value)) {
    const itemPath = path === '' ? name : `${path}.${name}`;
    assertSafeName(name, itemPath);
    const converted = convert(item, itemPath, inside);
    if (converted !== undefined) result[name] = converted;
  }
  return result;
}

function cannotCarry(path: string, what: string): InvalidInputError {
  return new InvalidInputError({
    message: `The variable ${quote(path)} is ${what}, which cannot be sent as JSON.`,
    hint: 'Turn it into text, a number, a list or an object first.',
  });
}
