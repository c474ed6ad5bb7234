import { isLoopback, isPrivate } from '../connection/private-host';
import { ContractError, NetworkError } from '../errors/dograh-error';
import type { Session } from '../connection/session';
import { read } from '../connection/read';
import type { TransportResponse } from '../transport/transport';

/** Dograh sends to its storage, and that perhaps to another place of its own. */
const MAX_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** What lies at the end of the way to an artifact, and where that was. */
export interface Stored extends TransportResponse {
  readonly url: URL;
}

/**
 * Dograh's public address of an artifact leads to a signed one on the storage host; the key must go to neither.
 * @param as `stream` for what may be large
 * @returns the last answer, whatever its status
 * @throws NetworkError, CancelledError, ContractError for a way that must not be gone
 */
export async function fromStorage(
  address: string,
  session: Session,
  as?: 'stream',
): Promise<Stored> {
  let url = new URL(address);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const answer = await read({ url: url.href, credential: 'none', as }, session).catch(
      (error: unknown) => {
        throw redirects > 0 ? ofStorage(error) : error;
      },
    );
    if (!REDIRECTS.has(answer.status)) return { ...answer, url };
    url = nextOn(answer, url);
  }
  throw wrongWay(`${url.host} was not the end of it after ${MAX_REDIRECTS} redirects`);
}

function nextOn({ status, headers }: TransportResponse, from: URL): URL {
  const location = headers['location'];
  if (status !== 302 || location === undefined || !URL.canParse(location, from.href)) {
    throw wrongWay(`${from.host} redirected (${status}) in a way that no Dograh does`);
  }
  const next = new URL(location, from);
  const isPlain = next.protocol === 'http:';
  if (next.protocol !== 'https:' && !isPlain) {
    throw wrongWay(`${from.host} led to an address that is neither https nor http`);
  }
  const mayBePlain =
    from.protocol === 'http:' || isLoopback(next.hostname) || isPrivate(next.hostname);
  if (!isPlain || mayBePlain) return next;
  throw wrongWay(`${from.host} led from https to an address without it, at ${next.host}`);
}

/** Otherwise the base URL would be blamed, under which Dograh itself did answer. */
function ofStorage(error: unknown): unknown {
  if (!(error instanceof NetworkError)) return error;
  return new NetworkError({
    message: error.message,
    hint: 'This is where your Dograh keeps recordings and transcripts. Check that it can be reached from here, and the address of the storage in the settings of your Dograh.',
  });
}

function wrongWay(what: string): ContractError {
  return new ContractError({
    message: `What was recorded could not be fetched: ${what}.`,
    hint: 'Check the address of the storage in the settings of your Dograh, and what stands in front of it.',
  });
}
