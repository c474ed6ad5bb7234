import { Refusal } from '../answer';
import { parseCsv } from './csv-file';

/** A file with contacts that Dograh can use. */
export interface Contacts {
  /** Trimmed and in lower case. */
  headers: string[];
  /** The other rows of the file. Some may have no phone number, and blank lines have no columns. */
  rows: string[][];
}

/** Throws Dograh's response if the file is no CSV. */
export function readContacts(text: string): Contacts {
  const [first = [], ...rows] = parsed(text);
  return { headers: first.map((header) => stripped(header).toLowerCase()), rows };
}

/** Dograh's checks of a file before it creates a campaign. The first broken rule decides the response. */
export function assertContacts({ headers, rows }: Contacts): void {
  if (rows.length === 0) {
    throw refusal('CSV file must have a header row and at least one data row');
  }
  const phoneColumn = headers.indexOf('phone_number');
  if (phoneColumn === -1) throw refusal("Source must contain a 'phone_number' column");
  const numbers = rows.map((row) => stripped(row[phoneColumn] ?? ''));
  const invalid = rowsOf(numbers, (number) => number !== '' && !number.startsWith('+'));
  if (invalid.length > 0) {
    throw refusal(
      `Invalid phone numbers in rows: ${shortList(invalid)}. All phone numbers must include country code (start with '+')`,
    );
  }
  const seen = new Set(['']);
  const repeated = rowsOf(
    numbers,
    (number) => number !== '' && seen.size === seen.add(number).size,
  );
  if (repeated.length > 0) {
    throw refusal(
      `Duplicate phone numbers found in rows: ${shortList(repeated)}. Phone numbers in a campaign must be unique.`,
    );
  }
}

/** Throws Dograh's response if a variable of the agent is no column, or has no value in a row. */
export function assertColumns({ headers, rows }: Contacts, required: ReadonlySet<string>): void {
  const missing = [...required].filter((name) => !headers.includes(name)).toSorted();
  if (missing.length > 0) {
    const names = missing.map((name) => `'${name}'`).join(', ');
    throw refusal(
      `Workflow uses template variables that are missing from the source data: ${names}. ` +
        'Add the missing columns or remove them from the workflow.',
    );
  }
  for (const name of required) {
    const column = headers.indexOf(name);
    const empty = rowsOf(
      rows.map((row) => stripped(row[column] ?? '')),
      (value) => value === '',
    );
    if (empty.length > 0) {
      throw refusal(
        `Template variable '${name}' is empty in rows: ${shortList(empty)}. ` +
          'All template variables used in the workflow must have values in every row.',
      );
    }
  }
}

/** The context of a call to the contact in this row. All values are text. */
export function contextOfRow({ headers }: Contacts, row: string[]): Record<string, unknown> {
  const columns = Object.fromEntries(headers.map((header, index) => [header, row[index] ?? '']));
  const {
    greeting_override_type: type = '',
    greeting_override_text: text = '',
    greeting_override_recording_id: recording = '',
    ...context
  } = columns;
  const kind = stripped(type).toLowerCase();
  if (kind === 'text' && stripped(text) !== '') {
    return { ...context, greeting_override: { type: 'text', text } };
  }
  if (kind === 'audio' && stripped(recording) !== '') {
    const recordingId = stripped(recording);
    return { ...context, greeting_override: { type: 'audio', recording_id: recordingId } };
  }
  return context;
}

function parsed(text: string): string[][] {
  try {
    return parseCsv(text);
  } catch (error) {
    throw refusal(`Invalid CSV format: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The numbers of the rows. The header is row 1, so the first contact is row 2. */
function rowsOf(values: string[], isMeant: (value: string, index: number) => boolean): number[] {
  return values.flatMap((value, index) => (isMeant(value, index) ? [index + 2] : []));
}

function shortList(rows: number[]): string {
  const shown = rows.slice(0, 5).join(', ');
  return rows.length > 5 ? `${shown} and ${String(rows.length - 5)} more` : shown;
}

/** Python does not count a byte order mark as white space, so a file that begins with one has no phone_number. */
function stripped(text: string): string {
  return text.replace(/^[^\S\uFEFF]+|[^\S\uFEFF]+$/gu, '');
}

function refusal(detail: string): Refusal {
  return new Refusal(400, detail);
}
