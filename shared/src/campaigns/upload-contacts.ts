import { isLoopback, isPrivate } from '../connection/private-host';
import { responseError } from '../connection/read';
import type { Session } from '../connection/session';
import type { UploadAddress } from '../contract/types.gen';
import { contractError } from '../errors/contract-error';
import { ContractError } from '../errors/dograh-error';
import { CHECK_STORAGE } from '../runs/artifacts';
import { describeBody, isRecord, type Fields } from '../transport/answer';
import { sendRepeatable } from './send-once';

const CSV = 'text/csv';
/** An address can expire, and the storage can refuse it. Then another one is requested. */
const MAX_ADDRESSES = 2;

/**
 * Uploads a file with contacts to Dograh's storage. The storage host does not get the API key. Nothing is dialed, so
 * every request may be repeated.
 * @returns the key of the file
 * @throws DograhError
 */
export async function uploadContacts(
  fileName: string,
  content: Uint8Array,
  session: Session,
): Promise<string> {
  for (let asked = 1; ; asked += 1) {
    const { url, key } = await readAddress(fileName, content.length, session);
    const file = { content, type: CSV };
    const response = await sendRepeatable(
      { method: 'PUT', url: url.href, file, credential: 'none' },
      session,
    );
    if (response.status >= 200 && response.status <= 299) return key;
    if (asked < MAX_ADDRESSES) continue;
    throw new ContractError({
      status: response.status,
      message: `${url.host} did not accept the file with the contacts: it answered ${response.status} with ${describeBody(response)}.`,
      hint: CHECK_STORAGE,
    });
  }
}

interface StorageAddress {
  readonly url: URL;
  readonly key: string;
}

async function readAddress(
  fileName: string,
  size: number,
  session: Session,
): Promise<StorageAddress> {
  const url = session.baseUrl.resolve('/s3/presigned-upload-url');
  const body = { file_name: fileName, file_size: size, content_type: CSV };
  const request = { method: 'POST', url, body, credential: 'api-key' } as const;
  const response = await sendRepeatable(request, session);
  if (response.status !== 200) throw responseError(response, url);
  const { upload_url: address, file_key: key }: Fields<UploadAddress> = isRecord(response.body)
    ? response.body
    : {};
  if (typeof address !== 'string' || typeof key !== 'string' || !URL.canParse(address)) {
    throw contractError('address for the upload', session);
  }
  // The name is how this launch is found again.
  if (!key.endsWith(fileName)) throw contractError('name of the uploaded file', session);
  return { url: checkedAddress(new URL(address), session), key };
}

/** Contacts are personal data. They do not leave this network unencrypted. */
function checkedAddress(url: URL, { baseUrl }: Session): URL {
  const isPlain = url.protocol === 'http:';
  const mayBePlain =
    isLoopback(url.hostname) || isPrivate(url.hostname) || url.host === baseUrl.host;
  if (url.protocol === 'https:' || (isPlain && mayBePlain)) return url;
  throw new ContractError({
    message: `Dograh's address for the upload, at ${url.host}, does not use https.`,
    hint: `The contacts were not sent. ${CHECK_STORAGE}`,
  });
}
