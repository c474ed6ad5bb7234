import { nextLimits, pause, timeLeft, type Session } from '../connection/session';
import { CancelledError, NetworkError } from '../errors/dograh-error';
import { detailOf } from '../transport/answer';
import { describeFault } from '../transport/network-fault';
import { TransportError, type FileToSend, type TransportResponse } from '../transport/transport';

export interface ChangeRequest {
  readonly method: 'POST' | 'PUT';
  readonly url: string;
  readonly body?: object;
  readonly file?: FileToSend;
  /** The storage host must not get the API key. */
  readonly credential: 'api-key' | 'none';
}

/**
 * Sends a request that changes something, once. The caller decides whether it may be repeated.
 * @returns the response with any status, or the fault
 * @throws CancelledError; NetworkError if too little time is left. Nothing has been sent then.
 */
export async function sendOnce(
  request: ChangeRequest,
  session: Session,
): Promise<TransportResponse | TransportError> {
  try {
    return await session.transport.send({ ...request, ...nextLimits(session) });
  } catch (thrown) {
    if (!(thrown instanceof TransportError)) throw thrown;
    if (thrown.fault !== 'cancelled') return thrown;
    throw new CancelledError({
      callPlaced: 'no',
      message: 'The execution was stopped.',
      hint: '',
    });
  }
}

const MAX_TRIES = 3;
const FIRST_PAUSE_MS = 500;

/**
 * Sends a request that may be repeated, at most three times: again after 429, 5xx and network faults.
 * @returns the last response with any status
 * @throws NetworkError, CancelledError
 */
export async function sendRepeatable(
  request: ChangeRequest,
  session: Session,
): Promise<TransportResponse> {
  for (let tried = 1; ; tried += 1) {
    const response = await sendOnce(request, session);
    const wait = FIRST_PAUSE_MS * 2 ** (tried - 1);
    const isLast = tried >= MAX_TRIES || wait >= timeLeft(session);
    if (isLast || !isUnclear(response)) return responseOf(response, request.url, session);
    await pause(wait, session);
  }
}

/** Whether it is not known what the server did with the request, or the same request may succeed. */
export function isUnclear(response: TransportResponse | TransportError): boolean {
  return response instanceof TransportError || response.status === 429 || response.status >= 500;
}

const REFUSALS: ReadonlySet<number> = new Set([400, 401, 402, 403, 404, 409, 422]);

/** Whether Dograh itself refused. It explains each refusal. A proxy's 408 or 499 says nothing about Dograh. */
export function isClearRefusal(
  response: TransportResponse | TransportError,
): response is TransportResponse {
  if (response instanceof TransportError) return false;
  return REFUSALS.has(response.status) && detailOf(response) !== undefined;
}

/** @throws NetworkError for a fault */
export function responseOf(
  response: TransportResponse | TransportError,
  url: string,
  { timeoutMs }: Session,
): TransportResponse {
  if (!(response instanceof TransportError)) return response;
  const { happened, remedy } = describeFault(response, new URL(url).host, timeoutMs);
  throw new NetworkError({ message: happened, hint: remedy });
}
