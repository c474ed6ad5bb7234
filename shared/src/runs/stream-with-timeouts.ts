import { CancelledError, NetworkError } from '../errors/dograh-error';
import { streamOf } from '../transport/byte-stream';
import type { Session } from '../connection/session';
import type { ByteStream } from '../transport/transport';

/** Between two looks at a reader who is still busy when the time is over. */
const MIN_WAIT_MS = 100;

/** Where a stream comes from, and how much it ought to be. */
export interface StreamOrigin {
  readonly host: string;
  /** What it is, in a sentence. */
  readonly what: string;
  /** Null where nobody said. */
  readonly bytes: number | null;
}

/**
 * The same stream, but one that breaks off where its source does: with a DograhError after a silence as long as
 * the time limit of a request, at the operation's deadline, when the execution is stopped, and when there was less
 * than promised. While the reader is busy, the source may be silent.
 */
export function watched(source: ByteStream, origin: StreamOrigin, session: Session): ByteStream {
  return streamOf(bytesOf(source, origin, session), source);
}

async function* bytesOf(
  source: ByteStream,
  origin: StreamOrigin,
  session: Session,
): AsyncGenerator<Uint8Array, void, undefined> {
  const watch = new SilenceWatch(session);
  const chunks = source[Symbol.asyncIterator]();
  let received = 0;
  try {
    for (;;) {
      const next = await watch.during(chunks.next());
      if (next.done === true) break;
      received += next.value.length;
      yield next.value;
    }
  } catch (error) {
    throw brokenOff(error, origin, session);
  } finally {
    watch.end();
    source.destroy();
  }
  if (origin.bytes !== null && received < origin.bytes) throw incomplete(origin);
}

/** Has one timer at a time, however many chunks there are: that of n8n cannot be taken back. */
class SilenceWatch {
  readonly #over = new AbortController();
  readonly #given: Promise<never>;
  #waitingSince: number | undefined;

  constructor(private readonly session: Session) {
    this.#given = Promise.race([this.#silence(), stoppedBy(session.signal)]);
    // Also where nobody is waiting in that moment.
    this.#given.catch(() => undefined);
  }

  async during<T>(next: Promise<T>): Promise<T> {
    this.#waitingSince = this.session.clock.now();
    try {
      return await Promise.race([next, this.#given]);
    } finally {
      this.#waitingSince = undefined;
    }
  }

  end(): void {
    this.#over.abort();
  }

  async #silence(): Promise<never> {
    const { clock, timeoutMs, deadline } = this.session;
    const { signal } = this.#over;
    while (!signal.aborted) {
      const end = Math.min((this.#waitingSince ?? clock.now()) + timeoutMs, deadline);
      if (this.#waitingSince !== undefined && clock.now() >= end) throw new Silent();
      await clock.sleep(Math.max(MIN_WAIT_MS, end - clock.now()), signal);
    }
    return new Promise(() => undefined);
  }
}

class Silent extends Error {}

function stoppedBy(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => {
      reject(new Error('stopped'));
    };
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop, { once: true });
  });
}

function brokenOff(
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
  if (!(error instanceof Silent)) return incomplete(origin);
  const silence =
    clock.now() >= deadline
      ? 'was not done within the time that this step may take'
      : `then nothing for ${Math.ceil(timeoutMs / 100) / 10} seconds`;
  return new NetworkError({
    message: `${origin.host} sent a part of ${origin.what}, and ${silence}.`,
    hint: 'Nothing of it was kept. Check the network, and try again later.',
  });
}

function incomplete({ host, what }: StreamOrigin): NetworkError {
  return new NetworkError({
    message: `The connection to ${host} broke before the whole of ${what} came.`,
    hint: 'Nothing of it was kept. Check the network, and try again.',
  });
}
