import { inputError } from '../errors/input-error';
import { quote } from '../errors/quote';
import { assertStorableText } from './storable-text';
import { cleanText } from './text';

/**
 * The texts in a list, in lower case, each once. A list is an array, or a text with commas, semicolons or line breaks.
 * Blank means an empty list.
 * @throws InvalidInputError, which names the field by its label
 */
export function parseList(value: unknown, label: string): string[] {
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  const texts = given.flatMap(toTexts);
  for (const text of texts) if (text !== undefined) assertStorableText(text, label);
  if (texts.every((text) => text !== undefined)) return [...new Set(texts)];
  throw inputError(
    `${label} must be a list of texts, not ${describe(value)}.`,
    'Separate several values by commas, as in: busy, no-answer.',
  );
}

/** The texts in one value of an array. Undefined stands for a value that is no text. */
function toTexts(value: unknown): readonly (string | undefined)[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'number' && Number.isFinite(value)) return [String(value)];
  if (typeof value !== 'string') return [undefined];
  return splitList(value).map((part) => (isWritten(part) ? undefined : part));
}

/** The parts of a text with commas, semicolons or line breaks, cleaned and in lower case. */
export function splitList(text: string): string[] {
  const parts = text.split(/[,;\r\n]/).map((part) => cleanText(part).toLowerCase());
  return parts.filter((part) => part !== '');
}

/** A part of a list or an object that became text, such as `["busy"` or `[object Object]`. */
function isWritten(text: string): boolean {
  return /^(?:\[\s*(?:["'\]{[]|object |\d|$)|\{)/.test(text);
}

function describe(value: unknown): string {
  return Array.isArray(value) ? 'a list with other values' : quote(value);
}
