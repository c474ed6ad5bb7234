import { inputError } from '../errors/input-error';
import { quote } from '../errors/quote';
import { isBlank } from '../input/blank';

/** One entry of a list from a person or a table. */
export interface Entry {
  readonly value: unknown;
  /** How a message names it. */
  readonly name: string;
}

/**
 * The entries of an array, or of a text with commas, semicolons or line breaks. A blank line is no entry, and a separator
 * can end a line. Any other blank entry is refused: if a table has no such column, all of its entries are blank.
 * @param label of the field
 * @throws InvalidInputError
 */
export function entriesOf(value: unknown, label: string): readonly Entry[] {
  const given = typeof value === 'string' ? (parseArray(value) ?? partsOf(value)) : value;
  if (isBlank(given)) return [];
  if (!Array.isArray(given)) return [{ value: given, name: quote(given) }];
  const isArray = typeof value !== 'string';
  return given.map((entry: unknown, index) => {
    if (!isBlank(entry)) {
      return { value: entry, name: `${quote(entry)}${isArray ? ` (entry ${index + 1})` : ''}` };
    }
    throw inputError(
      `${label}: entry ${index + 1} is empty.`,
      'Remove empty entries. If all entries are empty, check the name of the field in the expression.',
    );
  });
}

function partsOf(text: string): string[] {
  const lines = text.split(/[\r\n]+/).filter((line) => !isBlank(line));
  return lines.flatMap((line) => line.replace(/[,;]\s*$/, '').split(/[,;]/));
}

/** A list that became text, e.g. `["+14155550123"]`. */
function parseArray(text: string): unknown[] | undefined {
  if (!/^\s*\[/.test(text)) return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}
