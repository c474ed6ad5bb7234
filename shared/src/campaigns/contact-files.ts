import type { CallingHours } from '../calling-rules/calling-hours';
import { timeZonesOf } from '../calling-rules/time-zones';
import { inputError } from '../errors/input-error';
import { csvLine } from '../input/csv';
import type { Contact } from './contact';
import type { ContactColumns, ContactRow } from './contact-columns';

/** Dograh's maximum, in bytes. */
const MAX_FILE_BYTES = 10_485_760;

/** The contacts of one campaign. */
export interface ContactFile {
  /** The time zones of these contacts. Empty if they do not count. */
  readonly zones: readonly string[];
  /** In the order of the rows. The first one is in row 2. */
  readonly contacts: readonly Contact[];
}

/**
 * Divides contacts into files that Dograh accepts. One file has one set of time zones.
 * @param hours undefined if the time zones do not count
 * @throws InvalidInputError if a contact does not fit into any file
 */
export function divideIntoFiles(
  contacts: readonly Contact[],
  columns: ContactColumns,
  hours: CallingHours | undefined,
): readonly ContactFile[] {
  const groups = new Map<string, { zones: readonly string[]; contacts: Contact[] }>();
  for (const contact of contacts) {
    const zones = zonesOf(contact, hours);
    const key = zones.join(' ');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { zones, contacts: [contact] });
    else group.contacts.push(contact);
  }
  return [...groups.values()].flatMap(({ zones, contacts: some }) =>
    bySize(some, columns).map((part) => ({ zones, contacts: part })),
  );
}

/** The CSV file, as Dograh reads it: UTF-8 without a byte order mark. */
export function writeFile({ contacts }: ContactFile, { names }: ContactColumns): Uint8Array {
  const lines = contacts.map(({ row }) => lineOf(row, names.length));
  return new TextEncoder().encode([csvLine(names), ...lines, ''].join('\n'));
}

function zonesOf({ phoneNumber }: Contact, hours: CallingHours | undefined): readonly string[] {
  if (hours === undefined) return [];
  if (hours.clock !== undefined) return [hours.clock.zone];
  const found = timeZonesOf(phoneNumber);
  return 'zones' in found ? [...found.zones].sort() : [];
}

function bySize(contacts: readonly Contact[], { names }: ContactColumns): readonly Contact[][] {
  const files: Contact[][] = [];
  const headerBytes = bytesOf(csvLine(names));
  let size = Infinity;
  for (const contact of contacts) {
    const bytes = bytesOf(lineOf(contact.row, names.length));
    if (headerBytes + bytes > MAX_FILE_BYTES) throw tooLargeError(contact);
    if (size + bytes > MAX_FILE_BYTES) {
      files.push([]);
      size = headerBytes;
    }
    files.at(-1)?.push(contact);
    size += bytes;
  }
  return files;
}

/** With the end of the line. */
function bytesOf(line: string): number {
  return new TextEncoder().encode(line).length + 1;
}

function lineOf(row: ContactRow, columns: number): string {
  return csvLine(Array.from({ length: columns }, (_, index) => row[index] ?? ''));
}

function tooLargeError({ phoneNumber }: Contact) {
  return inputError(
    `The contact with the number ${phoneNumber} has more than 10 MB of data, which Dograh does not accept.`,
    'Shorten its variables.',
  );
}
