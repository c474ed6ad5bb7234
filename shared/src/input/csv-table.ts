import { inputError } from '../errors/input-error';
import { isBlank } from './blank';
import { parseCsv } from './csv';

/** A list with a header, as a spreadsheet program saves it. */
export interface CsvTable {
  /** The header, as it is written, without blank names at its end. */
  readonly columns: readonly string[];
  /** Without blank rows. */
  readonly rows: readonly CsvRow[];
}

export interface CsvRow {
  /** As in the spreadsheet, where the header usually is row 1. */
  readonly number: number;
  /** There can be fewer than columns. */
  readonly values: readonly string[];
}

const DELIMITERS = [',', ';', '\t'] as const;

/**
 * @param label the form's field
 * @throws InvalidInputError that names the row
 */
export function parseTable(text: string, label: string): CsvTable {
  const rows = rowsOf(text, label).filter(({ values }) => !values.every(isBlank));
  const [header, ...others] = rows;
  if (header === undefined) {
    throw inputError(`${label} is empty.`, 'Its first row must have the names of the columns.');
  }
  // A value below a name that is empty is one too many: the values of such a row may have moved to the right.
  const columns = header.values.slice(0, header.values.findLastIndex((name) => !isBlank(name)) + 1);
  const long = others.find(({ values }) => !values.slice(columns.length).every(isBlank));
  if (long !== undefined) {
    throw inputError(
      `Row ${long.number} of ${label} has ${long.values.length} values, but there are ${columns.length} columns.`,
      'Put a value that has the separator inside in double quotes. Or save the list again from a spreadsheet program.',
    );
  }
  return { columns, rows: others };
}

function rowsOf(text: string, label: string): readonly CsvRow[] {
  try {
    const rows = parseCsv(text, delimiterOf(text), 'strict');
    return rows.map((values, index) => ({ number: index + 1, values }));
  } catch (error) {
    throw inputError(
      `${label} cannot be read, because a double quote ${lineOf(error)}is in the wrong place or is not closed.`,
      'Write a value that has quotes inside as "Ann ""Annie"" Lee". Or save the list again from a spreadsheet program.',
    );
  }
}

function lineOf(error: unknown): string {
  const line = error instanceof Error && 'lines' in error ? error.lines : undefined;
  return typeof line === 'number' ? `in line ${line} or before ` : '';
}

/** The separator that is most frequent in the first line that is not blank. Inside quotes, it does not count. */
function delimiterOf(text: string): string {
  const counts = new Map<string, number>();
  let isQuoted = false;
  let isBlankSoFar = true;
  for (const sign of text) {
    if (sign === '"') isQuoted = !isQuoted;
    if ((sign === '\n' || sign === '\r') && !isQuoted && !isBlankSoFar) break;
    if (!isQuoted) counts.set(sign, (counts.get(sign) ?? 0) + 1);
    isBlankSoFar &&= isBlank(sign);
  }
  const [most] = [...DELIMITERS].sort(
    (one, other) => (counts.get(other) ?? 0) - (counts.get(one) ?? 0),
  );
  return most ?? ',';
}
