import type { DispositionCodes } from '../contract/types.gen';
import { contractError } from '../errors/contract-error';
import { DograhError } from '../errors/dograh-error';
import { cleanText } from '../input/text';
import { isRecord, type Fields } from '../transport/answer';
import type { Session } from '../connection/session';
import { readJson } from '../connection/read';

/**
 * The dispositions that runs of the key's organization can have, each once and in Dograh's order: first Dograh's own
 * words, then those of the organization. Empty if this version of Dograh does not list them.
 * @throws DograhError
 */
export async function listDispositions(session: Session): Promise<readonly string[]> {
  const url = session.baseUrl.resolve('/organizations/disposition-codes');
  const reading = readJson({ url, credential: 'api-key' }, session);
  const { body } = await reading.catch((error: unknown) => {
    if (isWithoutRoute(error)) return { body: { codes: [] } };
    throw error;
  });
  const { codes }: Fields<DispositionCodes> = isRecord(body) ? body : {};
  if (!Array.isArray(codes)) throw contractError('list of dispositions', session);
  const texts = codes.filter((code) => typeof code === 'string').map(cleanText);
  return [...new Set(texts)].filter((text) => text !== '');
}

/** A 404 in Dograh's format. The web page of another server has no detail. */
function isWithoutRoute(error: unknown): boolean {
  return error instanceof DograhError && error.status === 404 && error.detail !== undefined;
}
