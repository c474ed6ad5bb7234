/** A column, in quotes or not, and what ends it. Python also accepts text after the quotes. */
const column = /(?:"([^"]*(?:""[^"]*)*)(?:"|$))?([^,\r\n]*)(,|\r\n|\n|\r|$)/gy;

/** The rows of a CSV file as Python reads them. A blank line is a row without columns. Throws if it is no CSV. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (const match of text.matchAll(column)) {
    const [whole, quoted, plain = '', end = ''] = match;
    if (end === '\r' && match.index + whole.length < text.length) throw new Error(bareReturn);
    const isBlank = row.length === 0 && quoted === undefined && plain === '' && end !== ',';
    if (!isBlank) row.push((quoted ?? '').replaceAll('""', '"') + plain);
    if (end === ',' || (isBlank && end === '')) continue;
    rows.push(row);
    row = [];
  }
  return rows;
}

/** A row of a CSV file, with quotes where they are needed. */
export function csvLine(values: readonly unknown[]): string {
  return values
    .map(String)
    .map((value) => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value))
    .join(',');
}

/** Python's words. */
const bareReturn =
  "new-line character seen in unquoted field - do you need to open the file with newline=''?";
