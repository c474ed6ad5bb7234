import { CancelledError } from '@dograh/shared';

/** Work of this process that must not happen at the same time. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  /**
   * Runs `work` after all work that came before it with the same key.
   * @throws CancelledError as soon as the signal is aborted while it waits
   */
  async take<T>(key: string, work: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const before = this.#last.get(key);
    const mine = (async () => {
      await before?.catch(() => undefined);
      if (before !== undefined && signal?.aborted === true) throw stoppedWhileWaitingError();
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
  const turn = before.then(
    () => undefined,
    () => undefined,
  );
  try {
    await Promise.race([turn, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return await mine;
}

function stoppedWhileWaitingError(): CancelledError {
  return new CancelledError({
    callPlaced: 'no',
    message: 'The execution was stopped while another call to this number was still being placed.',
    hint: 'This number was not dialed again.',
  });
}
