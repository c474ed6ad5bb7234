import { InvalidInputError } from '../errors/dograh-error';
import { quote } from '../errors/quote';
import { cleanText } from '../input/text';

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
  [name: string]: JsonValue;
}

/** No real record is deeper. A hostile one must not exhaust the stack. */
const MAX_DEPTH = 100;
/** Names with a meaning of their own in JavaScript objects. */
const UNSAFE_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

/**
 * A copy of `value` as JSON: dates as ISO 8601, everything else with its own type. The names inside it are cleaned,
 * its texts are not, because the agent says them. `undefined` stays undefined, so that the caller can leave out the
 * name.
 * @param path of the value in the variables, for messages
 * @throws InvalidInputError for values that JSON cannot represent without loss, and for unsafe names
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

/** For two values of which one would be lost. */
export function givenTwiceError(name: string): InvalidInputError {
  return new InvalidInputError({
    message: `The variable ${quote(name)} is given twice.`,
    hint: 'Keep one of the two values.',
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
      throw notJsonError(path, `a ${typeof value}`);
  }
}

/** A larger number has already lost digits if it was read from text, for example an ID. */
function convertNumber(value: number, path: string): number {
  if (!Number.isFinite(value)) throw notJsonError(path, String(value));
  if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
  throw new InvalidInputError({
    message: `The variable ${quote(path)} is a number with too many digits: it would arrive as ${value}.`,
    hint: 'Put it in quotes, or convert it to text in the step before.',
  });
}

/** @param levels around the object or list */
export function assertNotTooDeep(path: string, levels: number): void {
  if (levels >= MAX_DEPTH) throw notJsonError(path, `an object with more than ${MAX_DEPTH} levels`);
}

function convertObject(
  value: object,
  path: string,
  above: readonly object[],
): JsonValue | undefined {
  if (above.includes(value)) throw notJsonError(path, 'an object that contains itself');
  assertNotTooDeep(path, above.length);
  const inside = [...above, value];
  if (Array.isArray(value)) {
    return value.map((item, index) => convert(item, `${path}[${index}]`, inside) ?? null);
  }
  if ('toJSON' in value) return fromToJson(value, path, inside);
  if (Object.prototype.toString.call(value) !== '[object Object]') {
    throw notJsonError(path, Object.prototype.toString.call(value).slice(8, -1));
  }
  return convertEntries(value, path, inside);
}

/** Dates, and the date objects in n8n's expressions, convert themselves to ISO 8601. */
function fromToJson(value: object, path: string, inside: readonly object[]): JsonValue | undefined {
  const toJson: unknown = Reflect.get(value, 'toJSON');
  if (typeof toJson !== 'function') return convertEntries(value, path, inside);
  const converted: unknown = Reflect.apply(toJson, value, ['']);
  if (converted === null) throw notJsonError(path, 'an invalid date');
  return convert(converted, path, inside);
}

function convertEntries(value: object, path: string, inside: readonly object[]): JsonObject {
  const result: JsonObject = {};
  for (const [pasted, item] of Object.entries(value)) {
    const name = cleanText(pasted);
    const itemPath = path === '' ? name : `${path}.${name}`;
    assertSafeName(name, itemPath);
    const converted = convert(item, itemPath, inside);
    if (converted === undefined) continue;
    if (Object.hasOwn(result, name)) throw givenTwiceError(itemPath);
    result[name] = converted;
  }
  return result;
}

function notJsonError(path: string, kind: string): InvalidInputError {
  return new InvalidInputError({
    message: `The variable ${quote(path)} is ${kind}, which cannot be sent as JSON.`,
    hint: 'Convert it to text, a number, a list or an object first.',
  });
}
