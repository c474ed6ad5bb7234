import { parse as findMistakes, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { InvalidInputError } from '../errors/dograh-error';

/**
 * The object in a JSON field: text to parse, or a value that the host has parsed. An empty field has no object.
 * @throws InvalidInputError for JSON that is broken, with line and column, or that is not an object
 */
export function parseJsonObject(value: unknown): object | undefined {
  const parsed = typeof value === 'string' ? parseText(value.replace(/^\ufeff/, '')) : value;
  if (parsed === undefined || parsed === null || parsed === '') return undefined;
  if (isPlainObject(parsed)) return parsed;
  throw new InvalidInputError({
    message: `Variables (JSON) must be a JSON object, not ${kindOf(parsed)}.`,
    hint: 'Write names and values: {"customer_name": "Ann"}.',
  });
}

/** Not a date, a map or another object whose properties are not its value. */
function isPlainObject(value: unknown): value is object {
  if (Object.prototype.toString.call(value) !== '[object Object]') return false;
  return typeof Reflect.get(value as object, 'toJSON') !== 'function';
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a JSON list';
  return typeof value === 'object' ? 'a date or another special object' : `a ${typeof value}`;
}

function parseText(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidInputError({
      message: `Variables (JSON) is not valid JSON: ${firstMistake(text)}.`,
      hint: 'Check the quotes, commas and brackets there. Names and texts need double quotes.',
    });
  }
}

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
