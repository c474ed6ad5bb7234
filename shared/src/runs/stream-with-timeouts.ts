import { CancelledError, NetworkError } from '../errors/dograh-error';
import { streamOf } from '../transport/byte-stream';
import type { Session } from '../connection/session';
import type { ByteStream } from '../transport/transport';

/** Minimum time between two checks of a busy reader. */
const MIN_WAIT_MS = 100;

/** Where a stream comes from, and its size. */
export interface StreamOrigin {
  readonly host: string;
  /** For error messages, e.g. `the recording`. */
  readonly what: string;
  /** Null if the server did not send the size. */
  readonly bytes: number | null;
}

/**
 * The same stream, which fails with a DograhError if its source sends nothing for the time limit of a request, sends
 * less than announced, or is not done at the session's deadline. It also fails when the execution is stopped. The
 * time in which the reader is busy does not count.
 */
export function withTimeouts(
  source: ByteStream,
  origin: StreamOrigin,
  session: Session,
): ByteStream {
  return streamOf(bytesOf(source, origin, session), source);
}

async function* bytesOf(
  source: ByteStream,
  origin: StreamOrigin,
  session: Session,
): AsyncGenerator<Uint8Array, void, undefined> {
  const timer = new SilenceTimer(session);
  const chunks = source[Symbol.asyncIterator]();
  let received = 0;
  try {
    for (;;) {
      const next = await timer.limit(chunks.next());
      if (next.done === true) break;
      received += next.value.length;
      yield next.value;
    }
  } catch (error) {
    throw streamError(error, origin, session);
  } finally {
    timer.end();
    source.destroy();
  }
  if (origin.bytes !== null && received < origin.bytes) throw incompleteError(origin);
}

/** Uses one timer for all chunks, because a timer of n8n cannot be canceled. */
class SilenceTimer {
  readonly #ended = new AbortController();
  readonly #failure: Promise<never>;
  #waitingSince: number | undefined;

  constructor(private readonly session: Session) {
    this.#failure = Promise.race([this.#silence(), stoppedBy(session.signal)]);
    // It may fail while nothing waits for it.
    this.#failure.catch(() => undefined);
  }

  async limit<T>(next: Promise<T>): Promise<T> {
    this.#waitingSince = this.session.clock.now();
    try {
      return await Promise.race([next, this.#failure]);
    } finally {
      this.#waitingSince = undefined;
    }
  }

  end(): void {
    this.#ended.abort();
  }

  async #silence(): Promise<never> {
    const { clock, timeoutMs, deadline } = this.session;
    const { signal } = this.#ended;
    while (!signal.aborted) {
      const end = Math.min((this.#waitingSince ?? clock.now()) + timeoutMs, deadline);
      if (this.#waitingSince !== undefined && clock.now() >= end) throw new SilenceError();
      await clock.sleep(Math.max(MIN_WAIT_MS, end - clock.now()), signal);
    }
    return new Promise(() => undefined);
  }
}

class SilenceError extends Error {}

function stoppedBy(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => {
      reject(new Error('stopped'));
    };
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop, { once: true });
  });
}

function streamError(
  error: unknown,
  origin: StreamOrigin,
  { signal, timeoutMs, clock, deadline }: Session,
): CancelledError | NetworkError {
  if (signal?.aborted === true) {
    return new CancelledError({
      callPlaced: 'no',
      message: 'The execution was stopped.',
      hint: '',
    });
  }
  if (!(error instanceof SilenceError)) return incompleteError(origin);
  const silence =
    clock.now() >= deadline
      ? "was not done within this step's time limit"
      : `then nothing for ${Math.ceil(timeoutMs / 100) / 10} seconds`;
  return new NetworkError({
    message: `${origin.host} sent a part of ${origin.what}, and ${silence}.`,
    hint: 'The part was not stored. Check the network, and try again later.',
  });
}

function incompleteError({ host, what }: StreamOrigin): NetworkError {
  return new NetworkError({
    message: `The connection to ${host} was lost before ${what} was complete.`,
    hint: 'Nothing was stored. Check the network, and try again.',
  });
}
