import type { AgentVariable } from '../agents/agent-variables';
import { inputError } from '../errors/input-error';
import { quote } from '../errors/quote';
import { isBlank } from '../input/blank';
import { cleanText } from '../input/text';
import { CALL_REFERENCE } from '../variables/call-reference';
import { isColumnName } from './contact-columns';

/** Where the values of a contact are in a row. */
export interface CsvColumns {
  readonly phone: number;
  readonly callReference: number | undefined;
  /** By the names of the agent's variables. */
  readonly variables: ReadonlyMap<string, number>;
  /** Remarks about columns that are not sent, in sentences. */
  readonly notes: readonly string[];
}

const PHONE_NUMBER = 'phone_number';
/** Taken if there is no column `phone_number`, and only one of these. */
const OTHER_PHONE_NAMES: ReadonlySet<string> = new Set([
  ...['phone', 'mobile', 'cell', 'telephone', 'tel', 'phone_no', 'telephone_number'],
  ...['mobile_phone', 'mobile_number', 'cell_phone', 'cellphone', 'cell_number'],
]);
const MAX_NAMES = 10;

/**
 * Finds the columns of the agent's variables. Capital letters, spaces and dashes do not matter: `First Name` is
 * `first_name`. An export of a CRM has many other columns, which are not sent.
 * @param phoneColumn the user's choice; blank if there is none
 * @throws InvalidInputError if a column is missing, or if two fit
 */
export function findColumns(
  header: readonly string[],
  phoneColumn: unknown,
  variables: readonly AgentVariable[],
): CsvColumns {
  const phone = phoneColumnIn(header, phoneColumn);
  const found = new Map<string, number>();
  for (const { name } of variables.filter((variable) => isColumnName(variable.name))) {
    const column = columnNamed(name, header);
    if (column !== undefined) found.set(name, column);
  }
  const missing = variables.filter(({ name, required }) => required && !found.has(name));
  const carried = missing.filter(({ name }) => isColumnName(name)).map(({ name }) => name);
  if (carried.length > 0) {
    throw inputError(
      `CSV File has no column for ${listed(carried)}, and the agent has no fallback.`,
      `Its columns: ${listed(header)}. Add the column, or add a fallback to the prompt, as in {{name | friend}}.`,
    );
  }
  const callReference = columnNamed(CALL_REFERENCE, header);
  const used = new Set([phone, callReference, ...found.values()]);
  const unused = header.filter((name, index) => !used.has(index) && !isBlank(name));
  return { phone, callReference, variables: found, notes: notesAbout(unused, variables) };
}

function phoneColumnIn(header: readonly string[], chosen: unknown): number {
  if (!isBlank(chosen)) {
    const name = typeof chosen === 'string' ? chosen : String(chosen);
    const column = columnNamed(name, header);
    if (column !== undefined) return column;
    throw inputError(
      `CSV File has no column ${quote(name)}.`,
      `In Phone Number Column, enter one of its columns: ${listed(header)}.`,
    );
  }
  const column = columnNamed(PHONE_NUMBER, header);
  if (column !== undefined) return column;
  const [only, ...others] = header.filter((name) => OTHER_PHONE_NAMES.has(plain(name)));
  if (only !== undefined && others.length === 0) return header.indexOf(only);
  const problem =
    only === undefined
      ? 'has no column "phone_number"'
      : `has several columns with phone numbers: ${listed([only, ...others])}`;
  throw inputError(
    `CSV File ${problem}.`,
    `Enter the name of the column in Phone Number Column. Its columns: ${listed(header)}.`,
  );
}

/** @throws InvalidInputError if two columns have the name */
function columnNamed(wanted: string, header: readonly string[]): number | undefined {
  const same = indexesWhere(header, (name) => cleanText(name) === cleanText(wanted));
  const similar = indexesWhere(header, (name) => plain(name) === plain(wanted));
  const [column, other] = same.length > 0 ? same : similar;
  if (column === undefined || other === undefined) return column;
  throw inputError(
    `CSV File has two columns for ${quote(wanted)}: ${quote(header[column])} and ${quote(header[other])}.`,
    'Rename or remove one of them.',
  );
}

function indexesWhere(header: readonly string[], test: (name: string) => boolean): number[] {
  return [...header.keys()].filter((index) => test(header[index] ?? ''));
}

function plain(name: string): string {
  return cleanText(name)
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}

function notesAbout(unused: readonly string[], variables: readonly AgentVariable[]): string[] {
  const notForCampaigns = new Set(
    variables.filter(({ name }) => !isColumnName(name)).map(({ name }) => plain(name)),
  );
  const impossible = unused.filter((name) => notForCampaigns.has(plain(name)));
  const others = unused.filter((name) => !notForCampaigns.has(plain(name)));
  return [
    ...(impossible.length === 0
      ? []
      : [
          `Not sent, because campaigns carry only variables in lower case and without dots: ${listed(impossible)}.`,
        ]),
    ...(others.length === 0
      ? []
      : [`Columns that are not sent, because the agent does not use them: ${listed(others)}.`]),
  ];
}

function listed(names: readonly string[]): string {
  const more = names.length - MAX_NAMES;
  const shown = names.slice(0, MAX_NAMES).map(quote).join(', ');
  return more > 0 ? `${shown} and ${more} more` : shown;
}
