import { cleanText } from './text';
import { wrongValueError } from './wrong-value';

/** Dograh's database has 32-bit IDs. For a larger number, Dograh answers with an error of its database. */
const MAX_ID = 2 ** 31 - 1;

/** Whether a value from Dograh can be one of its numeric IDs. A later Dograh may have larger ones. */
export function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

/**
 * The ID that the user entered.
 * @param label of the field
 * @param hint where the user finds the ID
 * @throws InvalidInputError
 */
export function parseId(value: unknown, label: string, hint: string): number {
  const id = parseCount(value);
  if (id !== undefined && id <= MAX_ID) return id;
  throw wrongValueError(label, `a whole number from 1 to ${MAX_ID}`, value, hint);
}

/** A whole number of 1 or more, also as text of plain digits. Undefined for anything else. */
function parseCount(value: unknown): number | undefined {
  const text = typeof value === 'string' ? cleanText(value) : '';
  const count = /^\d+$/.test(text) ? Number(text) : value;
  return isId(count) ? count : undefined;
}
