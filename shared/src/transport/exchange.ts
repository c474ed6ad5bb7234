import { isByteStream, textIn } from './byte-stream';
import { TransportError, type TransportRequest, type TransportResponse } from './transport';

/**
 * Sends a request and ends it at its time limit or when its signal is aborted. Every transport must use it.
 *
 * The hosts' HTTP libraries restart their time limit with every byte, and one of them ignores the signal. After the
 * headers of a stream, the time limit ends and the signal remains. The listeners are removed at the end, because both
 * signals exist longer than the request.
 * @param send gets the signal that ends the request
 * @param codeOf reads the system's code from an error of the HTTP library
 */
export async function exchange(
  request: TransportRequest,
  send: (signal: AbortSignal) => Promise<TransportResponse>,
  codeOf: (thrown: unknown) => unknown,
): Promise<TransportResponse> {
  const timeLimit = AbortSignal.timeout(request.timeoutMs);
  const tooLate = new AbortController();
  const onTimeLimit = (): void => {
    tooLate.abort();
  };
  timeLimit.addEventListener('abort', onTimeLimit);
  const stop =
    request.signal === undefined
      ? tooLate.signal
      : AbortSignal.any([tooLate.signal, request.signal]);
  const stopped = rejectionBy(stop);
  try {
    return await Promise.race([send(stop).then(withErrorText), stopped.promise]);
  } catch (thrown) {
    if (thrown instanceof TransportError) throw thrown;
    if (request.signal?.aborted === true) {
      throw new TransportError('cancelled', 'maybe', 'ERR_CANCELED');
    }
    if (timeLimit.aborted) throw new TransportError('timeout', 'maybe', 'ETIMEDOUT');
    throw TransportError.fromCode(codeOf(thrown));
  } finally {
    timeLimit.removeEventListener('abort', onTimeLimit);
    stopped.release();
  }
}

/** Only a file stays a stream. The short text of an error response is read here. */
async function withErrorText(response: TransportResponse): Promise<TransportResponse> {
  const { status, body } = response;
  if (status === 200 || !isByteStream(body)) return response;
  return { ...response, body: parseBody(await textIn(body)) };
}

function rejectionBy(signal: AbortSignal): { promise: Promise<never>; release: () => void } {
  let onAbort = (): void => undefined;
  const promise = new Promise<never>((_resolve, reject) => {
    onAbort = () => {
      reject(new Error('stopped'));
    };
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort);
  });
  return {
    promise,
    release: () => {
      signal.removeEventListener('abort', onAbort);
    },
  };
}

/** The value of a JSON text, with or without a byte order mark. Any other text is returned as it is. */
export function parseBody(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return text;
  }
}
