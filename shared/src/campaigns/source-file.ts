import { readJson } from '../connection/read';
import type { Session } from '../connection/session';
import type { CampaignSource } from '../contract/types.gen';
import { contractError } from '../errors/contract-error';
import { ContractError, NetworkError, NotFoundError } from '../errors/dograh-error';
import { parseCsv } from '../input/csv';
import {
  CHECK_STORAGE,
  problemOfAddress,
  readStoredFile,
  storageStatusError,
} from '../runs/artifacts';
import { isRecord, type Fields } from '../transport/answer';
import { campaignUrl, type Campaign } from './campaign';

const PHONE_NUMBER = 'phone_number';

/** A contact in the file of a campaign. */
export interface SourceContact {
  /** Its row, as Dograh counts: 1 is the first one after the names of the columns. Rows without a number count, too. */
  readonly row: number;
  readonly phoneNumber: string;
  /** Its values, in the order of the columns. */
  readonly values: readonly string[];
}

/** The file of a campaign, as Dograh reads it. */
export interface SourceFile {
  /** The names of the columns, trimmed and in lower case. */
  readonly columns: readonly string[];
  /** In the order of the file. Dograh drops rows without a phone number. */
  readonly contacts: readonly SourceContact[];
}

/**
 * Reads the file from Dograh's storage, which does not get the API key.
 * @throws NotFoundError if the file was deleted; DograhError
 */
export async function readSourceFile(
  { id }: Pick<Campaign, 'id'>,
  session: Session,
): Promise<SourceFile> {
  const address = await readAddress(id, session);
  const stored = await readStoredFile(address, session).catch((error: unknown) => {
    throw error instanceof NetworkError ? unreachableError(error) : error;
  });
  if (stored.status === 404) throw deletedError(id);
  if (stored.status !== 200) throw storageStatusError(stored, 'the contacts');
  const file = typeof stored.body === 'string' ? parseSource(stored.body) : undefined;
  if (file !== undefined) return file;
  throw new ContractError({
    message: `${stored.url.host} sent something else than the file with the contacts of campaign ${id}.`,
    hint: CHECK_STORAGE,
  });
}

/** The columns of a contact by name, without the phone number. */
export function variablesOf(
  { values }: SourceContact,
  { columns }: SourceFile,
): Readonly<Record<string, string>> {
  const named = columns.map((column, index): [string, string] => [column, values[index] ?? '']);
  return Object.fromEntries(named.filter(([column]) => column !== PHONE_NUMBER));
}

async function readAddress(id: number, session: Session): Promise<string> {
  const url = campaignUrl(id, '/source-download-url', session);
  const { body } = await readJson({ url, credential: 'api-key' }, session);
  const { download_url: address }: Fields<CampaignSource> = isRecord(body) ? body : {};
  if (typeof address !== 'string' || !URL.canParse(address)) {
    throw contractError(`address of the contacts of campaign ${id}`, session);
  }
  const problem = problemOfAddress(new URL(address), new URL(url));
  if (problem === undefined) return address;
  throw new ContractError({
    message: `The contacts of campaign ${id} could not be read: Dograh led ${problem}.`,
    hint: CHECK_STORAGE,
  });
}

/** Undefined if it is no file with contacts. */
function parseSource(text: string): SourceFile | undefined {
  const [first = [], ...rows] = rowsIn(text);
  const columns = first.map((column) => column.trim().toLowerCase());
  // Of two columns with the same name, Dograh takes the last one.
  const numberAt = columns.lastIndexOf(PHONE_NUMBER);
  if (numberAt === -1) return undefined;
  const contacts = rows.map((values, index) => ({
    row: index + 1,
    phoneNumber: values[numberAt] ?? '',
    values,
  }));
  return { columns, contacts: contacts.filter(({ phoneNumber }) => phoneNumber !== '') };
}

function rowsIn(text: string): readonly (readonly string[])[] {
  try {
    return parseCsv(text);
  } catch {
    return [];
  }
}

/** Without this, the hint would be about the Base URL, although Dograh itself responded. */
function unreachableError({ message }: NetworkError): NetworkError {
  return new NetworkError({
    message,
    hint: `Dograh stores the contacts of campaigns there. ${CHECK_STORAGE}`,
  });
}

function deletedError(id: number): NotFoundError {
  return new NotFoundError({
    message: `The file with the contacts of campaign ${id} is no longer in Dograh's storage.`,
    hint: 'The calls of the campaign are still in the list of runs. Its report can be downloaded, too.',
  });
}
