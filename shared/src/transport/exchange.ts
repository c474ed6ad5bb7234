import { isByteStream, textIn } from './byte-stream';
import { TransportError, type TransportRequest, type TransportResponse } from './transport';

/**
 * Runs one exchange within the request's time limit and until its signal; what every adapter owes.
 *
 * The limit is kept here because the hosts' HTTP libraries start theirs anew with every byte, so that a slow
 * answer would outlast it, and because one of them does not honour the signal that it is given. A stream that has
 * begun is beyond the limit; its signal stays in force. Whatever else listens is taken off the signals at the end:
 * they live on, one until its time is up and the other as long as the execution, with all that listens to them.
 * @param send gets the signal that ends the exchange
 * @param codeOf digs the system's code out of what the library threw
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
    return await Promise.race([send(stop).then(withoutNeedlessStream), stopped.promise]);
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

/** Only a file is worth a stream; whoever answers no has a few words to say, and they are read here. */
async function withoutNeedlessStream(response: TransportResponse): Promise<TransportResponse> {
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

/** The value of a JSON text, with or without a byte order mark; any other text is itself. */
export function parseBody(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return text;
  }
}
