import {
  CancelledError,
  ContractError,
  NetworkError,
  NotFoundError,
  PermissionDeniedError,
  type DograhError,
} from '../errors/dograh-error';
import { serverError } from '../errors/server-error';
import { describeFault } from '../transport/network-fault';
import { describeBody, detailOf, said } from '../transport/answer';
import { rejectedKeyError } from './rejected-key';
import { nextLimits, pause, timeLeft, type Limits, type Session } from './session';
import { TransportError, type NetworkFault, type TransportResponse } from '../transport/transport';

/** Maximum number of requests. */
const MAX_TRIES = 3;
const FIRST_PAUSE_MS = 500;

export interface ReadRequest {
  readonly url: string;
  readonly credential: 'api-key' | 'none';
  /** Maximum number of requests. Default 3. */
  readonly tries?: number | undefined;
  /** The body of a 200 as a stream. */
  readonly as?: 'stream' | undefined;
}

/**
 * Sends a GET request, and repeats it after 429, 5xx and network faults while the session has time. A GET changes
 * nothing, so a retry is safe.
 * @returns the last response, with any status
 * @throws NetworkError, CancelledError
 */
export async function read(request: ReadRequest, session: Session): Promise<TransportResponse> {
  const { tries = MAX_TRIES } = request;
  for (let tried = 1; ; tried += 1) {
    const limits = nextLimits(session);
    const response = await send(request, session, limits);
    const wait = pauseAfter(tried, session);
    const mayHelp = mayPass(response) && tried < tries && wait < timeLeft(session);
    if (!mayHelp) return responseOrThrow(response, request, limits);
    await pause(wait, session);
  }
}

/** A response with status 200 and JSON. @throws DograhError for any other response */
export async function readJson(request: ReadRequest, session: Session): Promise<TransportResponse> {
  const response = await read(request, session);
  if (response.status === 200 && typeof response.body === 'object') return response;
  throw responseError(response, request.url);
}

/** A response with status 200 and text. @throws DograhError for any other response */
export async function readText(request: ReadRequest, session: Session): Promise<string> {
  const response = await read(request, session);
  if (response.status === 200 && typeof response.body === 'string') return response.body;
  throw responseError(response, request.url);
}

async function send(
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

function mayPass(response: TransportResponse | TransportError): boolean {
  if (response instanceof TransportError) return PASSING_FAULTS.has(response.fault);
  return response.status === 429 || response.status >= 500;
}

function pauseAfter(tried: number, { clock }: Session): number {
  const max = FIRST_PAUSE_MS * 2 ** (tried - 1);
  return Math.round(max * (0.5 + clock.random() / 2));
}

function responseOrThrow(
  response: TransportResponse | TransportError,
  { url }: ReadRequest,
  { timeoutMs }: Limits,
): TransportResponse {
  if (!(response instanceof TransportError)) return response;
  const { happened, remedy } = describeFault(response, new URL(url).host, timeoutMs);
  const fields = { message: happened, hint: remedy };
  throw response.fault === 'cancelled'
    ? new CancelledError({ ...fields, callPlaced: 'no' })
    : new NetworkError(fields);
}

/** The error for a response that is not the expected one. */
export function responseError(response: TransportResponse, url: string): DograhError {
  const { host, pathname } = new URL(url);
  const { status } = response;
  const detail = detailOf(response);
  const cause = { status, detail };
  if (status === 401) return rejectedKeyError(detail);
  if (status === 403 && detail !== undefined) {
    return new PermissionDeniedError({
      ...cause,
      message: `The API key has no access to this data in Dograh${said(detail)}.`,
      hint: 'Use a key of the organization that the data belongs to.',
    });
  }
  if (status === 404 && detail !== undefined && detail !== 'Not Found') {
    return new NotFoundError({
      ...cause,
      message: `Dograh did not find it${said(detail)}.`,
      hint: 'Check the ID in the Dograh dashboard.',
    });
  }
  if (status === 429 || status >= 500) {
    const message = `${host} answered ${status} when it was asked for ${pathname}${said(detail)}.`;
    return serverError(status, message, detail);
  }
  return new ContractError({
    ...cause,
    message: `${host} answered ${status} with ${describeBody(response)} to ${pathname}, unlike any Dograh${said(detail)}.`,
    hint: 'Check that Base URL is the address of the Dograh API, not of the dashboard. Check the proxy in front of Dograh, if there is one. Update Dograh if it is self-hosted.',
  });
}
