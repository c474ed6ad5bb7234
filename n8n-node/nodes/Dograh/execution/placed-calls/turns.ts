import { CancelledError } from '@dograh/shared';

/** How to wait for the work before. */
export interface Waiting {
  /** Ends the wait. */
  readonly signal: AbortSignal | undefined;
  /** Lets other items go on meanwhile. The work before may need their place. */
  readonly whileWaiting?: ((wait: () => Promise<void>) => Promise<void>) | undefined;
}

/** Work of this process that must not happen at the same time. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /**
   * Runs `work` after all work that came before it with the same key.
   * @throws CancelledError as soon as the signal is aborted while it waits
   */
  async take<T>(
    key: string,
    work: () => Promise<T>,
    { signal, whileWaiting = (wait) => wait() }: Waiting,
  ): Promise<T> {
    const before = this.#last.get(key);
    const mine = (async () => {
      if (before !== undefined) {
        await whileWaiting(() => before.then(nothing, nothing));
        if (signal?.aborted === true) throw stoppedWhileWaitingError();
      }
      return await work();
    })();
    this.#last.set(key, mine);
    const forget = (): void => {
      if (this.#last.get(key) === mine) this.#last.delete(key);
    };
    mine.then(forget, forget);
    return before === undefined || signal === undefined
      ? await mine
      : await untilStopped(mine, before, signal);
  }
}

/** The result of the work, unless the wait for its turn is stopped. */
async function untilStopped<T>(
  mine: Promise<T>,
  before: Promise<unknown>,
  signal: AbortSignal,
): Promise<T> {
  let stop = (): void => undefined;
  const stopped = new Promise<never>((_, reject) => {
    stop = () => {
      reject(stoppedWhileWaitingError());
    };
    signal.addEventListener('abort', stop);
    if (signal.aborted) stop();
  });
  try {
    await Promise.race([before.then(nothing, nothing), stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return await mine;
}

function nothing(): void {
  // The result belongs to other work.
}

function stoppedWhileWaitingError(): CancelledError {
  return new CancelledError({
    callPlaced: 'no',
    message: 'The execution was stopped while another call to this number was still being placed.',
    hint: 'This number was not dialed again.',
  });
}
