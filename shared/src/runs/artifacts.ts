import { isLoopback, isPrivate } from '../connection/private-host';
import {
  ContractError,
  NetworkError,
  PermissionDeniedError,
  type DograhError,
} from '../errors/dograh-error';
import { serverError } from '../errors/server-error';
import type { Session } from '../connection/session';
import { read } from '../connection/read';
import type { TransportResponse } from '../transport/transport';

/** Dograh redirects to its storage, and the storage may redirect too. */
const MAX_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export const CHECK_STORAGE =
  "Check the storage address in Dograh's settings, and that the storage can be reached from here.";

/** The last response on the way to a recording or a transcript, and its address. */
export interface StoredFile extends TransportResponse {
  readonly url: URL;
}

/**
 * Follows the redirect of Dograh's public address to the signed address of the storage. Neither gets the API key.
 * @param as `stream` for a file that may be large
 * @returns the last response, with any status
 * @throws NetworkError; CancelledError; ContractError for a redirect that is not allowed
 */
export async function readStoredFile(
  address: string,
  session: Session,
  as?: 'stream',
): Promise<StoredFile> {
  let url = new URL(address);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const response = await read({ url: url.href, credential: 'none', as }, session).catch(
      (error: unknown) => {
        throw redirects > 0 ? storageError(error) : error;
      },
    );
    if (!REDIRECTS.has(response.status)) return { ...response, url };
    url = targetOf(response, url);
  }
  throw redirectError(`${url.host} redirected more than ${MAX_REDIRECTS} times`);
}

function targetOf({ status, headers }: TransportResponse, from: URL): URL {
  const location = headers['location'];
  if (status !== 302 || location === undefined || !URL.canParse(location, from.href)) {
    throw redirectError(`${from.host} sent an unexpected redirect (${status})`);
  }
  const next = new URL(location, from);
  const problem = problemOfAddress(next, from);
  if (problem !== undefined) throw redirectError(`${from.host} redirected ${problem}`);
  return next;
}

/** Why nothing may be read there, although this server named it. Undefined if it may. */
export function problemOfAddress(next: URL, from: URL): string | undefined {
  const isPlain = next.protocol === 'http:';
  if (next.protocol !== 'https:' && !isPlain) return 'to an address without https or http';
  const mayBePlain =
    from.protocol === 'http:' || isLoopback(next.hostname) || isPrivate(next.hostname);
  return isPlain && !mayBePlain ? `from https to http, at ${next.host}` : undefined;
}

/** @param what was asked for, e.g. `the recording` */
export function storageStatusError({ status, url }: StoredFile, what: string): DograhError {
  const asked = `when it was asked for ${what}`;
  if (status === 401 || status === 403) {
    return new PermissionDeniedError({
      status,
      message: `${url.host} refused access (${status}) ${asked}.`,
      hint: 'The address of the file expires. Run this step again to get a new one. If that fails, check the storage of your Dograh, and its clock.',
    });
  }
  const message = `${url.host} answered ${status} ${asked}.`;
  if (status === 429 || status >= 500) return serverError(status, message);
  return new ContractError({
    status,
    message,
    hint: CHECK_STORAGE,
  });
}

/** Without this, the hint would be about the Base URL, although Dograh itself responded. */
function storageError(error: unknown): unknown {
  if (!(error instanceof NetworkError)) return error;
  return new NetworkError({
    message: error.message,
    hint: `Dograh stores recordings and transcripts there. ${CHECK_STORAGE}`,
  });
}

function redirectError(problem: string): ContractError {
  return new ContractError({
    message: `The file could not be downloaded: ${problem}.`,
    hint: CHECK_STORAGE,
  });
}
