import { isLoopback } from '../connection/private-host';
import { read } from '../connection/read';
import type { Session } from '../connection/session';
import { InvalidInputError, NetworkError, type DograhError } from '../errors/dograh-error';
import { inputError } from '../errors/input-error';
import { serverError } from '../errors/server-error';
import { withTimeouts } from '../runs/stream-with-timeouts';
import { isByteStream } from '../transport/byte-stream';
import type { TransportResponse } from '../transport/transport';

const MAX_BYTES = 20 * 1024 * 1024;
/** A host's own address redirects to its storage. */
const MAX_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Downloads a file from any host. The host does not get the API key.
 * @param label the form's field
 * @throws InvalidInputError for an address that does not work; NetworkError; ServerError; CancelledError
 */
export async function downloadContacts(
  address: string,
  label: string,
  session: Session,
): Promise<Uint8Array> {
  let url = parseAddress(address, label, session);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const response = await read({ url: url.href, credential: 'none', as: 'stream' }, session).catch(
      (error: unknown) => {
        throw aboutFile(error, label);
      },
    );
    const { location } = response.headers;
    if (!REDIRECTS.has(response.status) || location === undefined) {
      return await bytesOf(response, url, label, session);
    }
    url = parseAddress(
      URL.canParse(location, url.href) ? new URL(location, url).href : location,
      label,
      session,
    );
  }
  throw inputError(
    `The address of ${label} redirects more than ${MAX_REDIRECTS} times.`,
    'Use another link to the file.',
  );
}

/** Contacts are personal data, so they do not come unencrypted. */
function parseAddress(text: string, label: string, { baseUrl }: Session): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:') return url;
  // Only a Dograh on the same machine can be used with files of that machine.
  const isLocal = isLoopback(new URL(baseUrl.resolve('/')).hostname);
  if (url?.protocol === 'http:' && isLocal && isLoopback(url.hostname)) return url;
  throw inputError(
    `The address of ${label} is not an https address.`,
    'Map the file itself, or use a link that begins with https://.',
  );
}

async function bytesOf(
  { status, headers, body }: TransportResponse,
  { host }: URL,
  label: string,
  session: Session,
): Promise<Uint8Array> {
  if (status !== 200 || !isByteStream(body)) throw statusError(status, host, label);
  const announced = headers['content-encoding'] === undefined ? headers['content-length'] : '';
  const bytes = /^\d+$/.test(announced ?? '') ? Number(announced) : null;
  if (bytes !== null && bytes > MAX_BYTES) {
    body.destroy();
    throw tooLargeError(label);
  }
  const chunks: Uint8Array[] = [];
  let received = 0;
  try {
    const origin = { host, what: label, bytes };
    for await (const chunk of withTimeouts(body, origin, session)) {
      received += chunk.length;
      if (received > MAX_BYTES) throw tooLargeError(label);
      chunks.push(chunk);
    }
  } catch (error) {
    throw aboutFile(error, label);
  }
  return joined(chunks, received);
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** Without this, the hint would be about the Base URL. */
function aboutFile(error: unknown, label: string): unknown {
  if (!(error instanceof NetworkError)) return error;
  return new NetworkError({
    message: `${label} could not be downloaded. ${error.message}`,
    hint: 'No campaign was created. Check the link to the file, and try again later.',
  });
}

function statusError(status: number, host: string, label: string): DograhError {
  const message = `${host} answered ${status} when it was asked for ${label}.`;
  if (status === 429 || status >= 500) return serverError(status, message);
  return new InvalidInputError({
    status,
    message,
    hint: 'A link must work without a login, and it may expire. Map the file itself, or use another link.',
  });
}

function tooLargeError(label: string): InvalidInputError {
  return inputError(
    `${label} has more than ${MAX_BYTES / 1024 / 1024} MB.`,
    'Divide it into several files, and launch each one with its own Campaign Reference.',
  );
}
