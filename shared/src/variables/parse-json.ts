import { parse as findMistakes, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { InvalidInputError } from '../errors/dograh-error';
import { inputError } from '../errors/input-error';
import { assertNoNameTwice } from './names-given-twice';

/**
 * The object in a JSON field: text to parse, or a value that the host has parsed. An empty field has no object.
 * @param textAdvice how to insert a text in this host, for JSON that a text has broken
 * @throws InvalidInputError for JSON that is broken, with line and column, or that is not an object
 */
export function parseJsonObject(value: unknown, textAdvice = ''): object | undefined {
  const parsed =
    typeof value === 'string' ? parseText(value.replace(/^\ufeff/, ''), textAdvice) : value;
  if (parsed === undefined || parsed === null || parsed === '') return undefined;
  if (!isPlainObject(parsed)) throw notAnObjectError(parsed);
  if (!isItem(parsed)) return parsed;
  throw inputError(
    'Variables (JSON) has a whole item: the variables are inside "json".',
    'Enter only the object inside "json".',
  );
}

/** An item as n8n passes it from step to step. */
function isItem(value: Readonly<Record<string, unknown>>): boolean {
  const { json, ...others } = value;
  return isPlainObject(json) && Object.keys(others).every((name) => BESIDE_JSON.has(name));
}

const BESIDE_JSON: ReadonlySet<string> = new Set(['binary', 'error', 'index', 'pairedItem']);

function notAnObjectError(parsed: unknown): InvalidInputError {
  if (typeof parsed === 'string' && isPlainObject(parsedOrUndefined(parsed))) {
    return inputError(
      'Variables (JSON) was encoded twice: it is a text with JSON inside.',
      'Encode it only once, or enter the object itself.',
    );
  }
  const isOneObject = Array.isArray(parsed) && parsed.length === 1 && isPlainObject(parsed[0]);
  return inputError(
    `Variables (JSON) must be a JSON object, not ${kindOf(parsed)}.`,
    isOneObject
      ? 'The list has one object. Enter only that object, without the list around it.'
      : 'Write names and values: {"customer_name": "Ann"}.',
  );
}

/** Undefined also if the text is not JSON. */
export function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Not a date, a map or another object whose properties are not its value. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (Object.prototype.toString.call(value) !== '[object Object]') return false;
  return typeof Reflect.get(value as object, 'toJSON') !== 'function';
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a JSON list';
  return typeof value === 'object' ? 'a date or another special object' : `a ${typeof value}`;
}

function parseText(text: string, textAdvice: string): unknown {
  if (text.trim() === '') return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    const advice = isBrokenByText(text) ? ` ${RAW_TEXT} ${textAdvice}`.trimEnd() : '';
    throw inputError(
      `Variables (JSON) is not valid JSON: ${firstMistake(text)}.`,
      `Check the quotes, commas and brackets there. Names and texts need double quotes.${advice}`,
    );
  }
  assertNoNameTwice(text);
  return parsed;
}

const RAW_TEXT =
  'An inserted value breaks the JSON if it is empty, or if it has a quote, a backslash or a line break.';

/** Whether a value was probably inserted into the JSON without escaping it. */
function isBrokenByText(text: string): boolean {
  if (/:\s*([,}]|\[object Object\]|undefined\b)/.test(text)) return true;
  let isInside = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charAt(at);
    if (sign === '"') {
      if (isInside && !/^(\s*([,:}\]]|$)|\s+")/.test(text.slice(at + 1, at + 1 + MAX_LOOK)))
        return true;
      isInside = !isInside;
    } else if (isInside && sign === '\\') {
      if (!ESCAPED.test(text.charAt(at + 1))) return true;
      at += 1;
    } else if (isInside && sign < ' ') return true;
  }
  return false;
}

/** What JSON allows after a backslash. */
const ESCAPED = /^(["\\/bf]|[nrt]|u)/;
/** Enough to see what follows a quote. */
const MAX_LOOK = 200;

/** JavaScript's own message gives no position for some mistakes, so a tolerant parser finds it. */
function firstMistake(text: string): string {
  const mistakes: ParseError[] = [];
  findMistakes(text, mistakes, { disallowComments: true, allowTrailingComma: false });
  const [first] = mistakes;
  const offset = first?.offset ?? text.length;
  const before = text.slice(0, offset).split('\n');
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  return `${describe(first)} at line ${line}, column ${column} (position ${offset})`;
}

function describe(mistake: ParseError | undefined): string {
  if (mistake === undefined) return 'unexpected end';
  const words = printParseErrorCode(mistake.error).replace(/([A-Z])/g, ' $1');
  return words.trim().toLowerCase();
}
