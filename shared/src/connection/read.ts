import {
  CancelledError,
  ContractError,
  NetworkError,
  NotFoundError,
  PermissionDeniedError,
  ServerError,
  type DograhError,
} from '../errors/dograh-error';
import { describeFault } from '../transport/network-fault';
import { describeBody, detailOf, said } from '../transport/answer';
import { rejectedKeyError } from './rejected-key';
import { nextLimits, pause, timeLeft, type Limits, type Session } from './session';
import { TransportError, type NetworkFault, type TransportResponse } from '../transport/transport';

/** How often one thing is asked for, at most. */
const TRIES = 3;
const FIRST_PAUSE_MS = 500;

export interface ReadRequest {
  readonly url: string;
  readonly credential: 'api-key' | 'none';
  /** 3 unless given. */
  readonly tries?: number | undefined;
  /** The body of a 200 as a stream. */
  readonly as?: 'stream' | undefined;
}

/**
 * Asks for something that changes nothing, and therefore again where that can help: after 429, 5xx and network
 * faults, as long as the session has time.
 * @returns the last answer, whatever its status
 * @throws NetworkError, CancelledError
 */
export async function read(request: ReadRequest, session: Session): Promise<TransportResponse> {
  const { tries = TRIES } = request;
  for (let tried = 1; ; tried += 1) {
    const limits = nextLimits(session);
    const answer = await ask(request, session, limits);
    const wait = pauseAfter(tried, session);
    const mayHelp = passesByItself(answer) && tried < tries && wait < timeLeft(session);
    if (!mayHelp) return settled(answer, request, limits);
    await pause(wait, session);
  }
}

/** An answer with status 200 and JSON. @throws DograhError that says why it is none */
export async function readJson(request: ReadRequest, session: Session): Promise<TransportResponse> {
  const response = await read(request, session);
  if (response.status === 200 && typeof response.body === 'object') return response;
  throw refusalToRead(response, new URL(request.url));
}

async function ask(
  { url, credential, as }: ReadRequest,
  { transport }: Session,
  limits: Limits,
): Promise<TransportResponse | TransportError> {
  try {
    return await transport.send({ method: 'GET', url, credential, as, ...limits });
  } catch (thrown) {
    if (thrown instanceof TransportError) return thrown;
    throw thrown;
  }
}

const PASSING_FAULTS: ReadonlySet<NetworkFault> = new Set([
  'refused',
  'unresolvable',
  'timeout',
  'interrupted',
]);

function passesByItself(answer: TransportResponse | TransportError): boolean {
  if (answer instanceof TransportError) return PASSING_FAULTS.has(answer.fault);
  return answer.status === 429 || answer.status >= 500;
}

function pauseAfter(tried: number, { clock }: Session): number {
  const longest = FIRST_PAUSE_MS * 2 ** (tried - 1);
  return Math.round(longest * (0.5 + clock.random() / 2));
}

function settled(
  answer: TransportResponse | TransportError,
  { url }: ReadRequest,
  { timeoutMs }: Limits,
): TransportResponse {
  if (!(answer instanceof TransportError)) return answer;
  const { happened, remedy } = describeFault(answer, new URL(url).host, timeoutMs);
  const fields = { message: happened, hint: remedy };
  throw answer.fault === 'cancelled'
    ? new CancelledError({ ...fields, callPlaced: 'no' })
    : new NetworkError(fields);
}

function refusalToRead(response: TransportResponse, { host, pathname }: URL): DograhError {
  const { status } = response;
  const detail = detailOf(response);
  const told = { status, detail };
  if (status === 401) {
    return rejectedKeyError(detail);
  }
  if (status === 403 && detail !== undefined) {
    return new PermissionDeniedError({
      ...told,
      message: `The API key may not read this in Dograh${said(detail)}.`,
      hint: 'Use a key of the organization that it belongs to.',
    });
  }
  if (status === 404 && detail !== undefined && detail !== 'Not Found') {
    return new NotFoundError({
      ...told,
      message: `Dograh does not have this${said(detail)}.`,
      hint: 'Check the ID in the Dograh dashboard.',
    });
  }
  if (status === 429 || status >= 500) {
    return new ServerError({
      ...told,
      message: `${host} answered ${status} when it was asked for ${pathname}${said(detail)}.`,
      hint: 'Try again later.',
    });
  }
  return new ContractError({
    ...told,
    message: `${host} answered ${pathname} with ${status} and ${describeBody(response)}, as no Dograh does${said(detail)}.`,
    hint: 'Check that the base URL is the address of the Dograh API, not of its dashboard, and what stands in front of it. A self-hosted Dograh may be too old; update it.',
  });
}
