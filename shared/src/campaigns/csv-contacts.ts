import type { AgentReference } from '../agents/agent-reference';
import type { AgentVariable } from '../agents/agent-variables';
import type { Session } from '../connection/session';
import { inputError } from '../errors/input-error';
import { isBlank } from '../input/blank';
import { parseTable, type CsvRow } from '../input/csv-table';
import { assertCsvText, decodeCsv } from '../input/csv-text';
import { cleanText } from '../input/text';
import type { ContactInput } from './contact';
import { findColumns, type CsvColumns } from './csv-columns';
import { downloadContacts } from './download-contacts';

/** A CSV file from a host's form, not yet checked. */
export interface CsvInput {
  /** Its text, or the address from which it is downloaded. */
  readonly file: unknown;
  /** The column with the phone numbers. Blank: the column `phone_number`, or the only one with a similar name. */
  readonly phoneColumn?: unknown;
  /** Only the columns with its variables are taken. */
  readonly agent: AgentReference;
}

/** The contacts of a launch. */
export interface CsvContacts {
  readonly contacts: readonly ContactInput[];
  /** `Row 5`, as in the spreadsheet, for the contact with this index. */
  readonly nameOfContact: (index: number) => string;
  /** Remarks about the file, in sentences. */
  readonly notes: readonly string[];
}

const LABEL = 'CSV File';

/** @throws InvalidInputError that names the row or the column; NetworkError; CancelledError */
export async function readCsvText(file: unknown, session: Session): Promise<string> {
  if (typeof file !== 'string') {
    throw inputError(`${LABEL} must be a file, not ${typeof file}.`, 'Map one file of a step.');
  }
  const address = cleanText(file);
  if (!/^https?:\/\/\S+$/i.test(address)) {
    assertCsvText(file, LABEL);
    return file;
  }
  return decodeCsv(await downloadContacts(address, LABEL, session), LABEL);
}

/** @throws InvalidInputError that names the row or the column */
export function contactsIn(
  text: string,
  phoneColumn: unknown,
  variables: readonly AgentVariable[],
): CsvContacts {
  const { columns: header, rows } = parseTable(text, LABEL);
  const columns = findColumns(header, phoneColumn, variables);
  if (rows.length === 0) {
    throw inputError(`${LABEL} has no contacts.`, 'Below the header, it needs a row per contact.');
  }
  return {
    contacts: rows.map((row) => contactOf(row, columns)),
    nameOfContact: (index) => `Row ${rows[index]?.number ?? '?'}`,
    notes: columns.notes,
  };
}

/** Empty values are left out, so that the agent uses its fallback. */
function contactOf(
  { values }: CsvRow,
  { phone, callReference, variables }: CsvColumns,
): ContactInput {
  const mapped = [...variables].flatMap(([name, column]) => {
    const value = values[column];
    return isBlank(value) ? [] : [[name, value] as const];
  });
  return {
    phoneNumber: values[phone] ?? '',
    context: { mapped: Object.fromEntries(mapped) },
    ...(callReference === undefined ? {} : { callReference: values[callReference] }),
  };
}
