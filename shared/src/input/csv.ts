import { parse } from 'csv-parse/sync';

/**
 * The rows of a CSV file, as Dograh's reader (Python's csv module) sees them. A blank line is a row with one empty value. A
 * byte order mark at the beginning is no part of the first value.
 * @param quotes `strict`: a quote inside a value that is not in quotes is an error, because it may hide rows
 * @throws Error if it is no CSV, for example because of a quote that is not closed
 */
export function parseCsv(
  text: string,
  delimiter = ',',
  quotes: 'relaxed' | 'strict' = 'relaxed',
): readonly (readonly string[])[] {
  return parse(text, {
    bom: true,
    delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: quotes === 'relaxed',
  });
}

/** One line of a CSV file, without its end. */
export function csvLine(values: readonly string[]): string {
  return values
    .map((value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
    .join(',');
}
