import { csvLine } from '../input/csv';

/** Columns that the user gave. In a spreadsheet, they keep their names. */
const VARIABLES = 'variables';
/** Without it, Excel shows "Zoë" as "ZoÃ«". */
const BYTE_ORDER_MARK = '\uFEFF';

type Values = Readonly<Record<string, unknown>>;

/**
 * Contacts as a file for a spreadsheet, with one row per contact. Each variable and each value of another object is a
 * column of its own.
 * @param contacts each with some of the keys of a ContactResult
 */
export function contactsToCsv(contacts: readonly object[]): string {
  const rows = contacts.map((contact) => columnsOf({ ...contact }));
  const names = [...new Set(rows.flatMap((row) => [...row.keys()]))];
  const lines = rows.map((row) => csvLine(names.map((name) => cellOf(row.get(name)))));
  return `${BYTE_ORDER_MARK}${[csvLine(names.map(cellOf)), ...lines, ''].join('\r\n')}`;
}

function columnsOf(contact: Values): ReadonlyMap<string, unknown> {
  const columns = new Map<string, unknown>();
  for (const [name, value] of Object.entries(contact)) {
    if (!isObject(value)) {
      columns.set(name, value);
      continue;
    }
    for (const [key, part] of Object.entries(value)) {
      const isFree = name === VARIABLES && !Object.hasOwn(contact, key);
      columns.set(isFree ? key : `${name}.${key}`, part);
    }
  }
  return columns;
}

function isObject(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A spreadsheet would run such a text as a formula, and what a called person says may be in it. */
const FORMULA = /^[=@\t\r]|^[+-](?![\d\s().-]*$)/;

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return typeof value === 'string' && FORMULA.test(text) ? `'${text}` : text;
}
