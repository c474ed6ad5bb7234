import { CancelledError, DograhError } from '../errors/dograh-error';
import type { CallResult } from '../runs/call-result';

/** Equal calls that this process is placing now. */
const underway = new Map<string, Promise<CallResult>>();

/**
 * Places equal calls one after the other: two that look at the same moment whether the call was made before
 * would both find that it was not. The next one gets what became of the one before it, unless that one certainly
 * dialled nobody. It knows only of this process.
 * @param sameCall the same for calls that are the same
 */
export async function oneAtATime(
  sameCall: string,
  signal: AbortSignal | undefined,
  place: () => Promise<CallResult>,
): Promise<CallResult> {
  const before = underway.get(sameCall);
  const mine = before === undefined ? place() : afterwards(before, signal, place);
  underway.set(sameCall, mine);
  try {
    return await mine;
  } finally {
    if (underway.get(sameCall) === mine) underway.delete(sameCall);
  }
}

async function afterwards(
  before: Promise<CallResult>,
  signal: AbortSignal | undefined,
  place: () => Promise<CallResult>,
): Promise<CallResult> {
  try {
    const result = await Promise.race([before, rejectedBy(signal)]);
    return { ...result, skipped: true, recovered: false };
  } catch (error) {
    if (signal?.aborted === true || !isHarmless(error)) throw error;
    return place();
  }
}

function isHarmless(error: unknown): boolean {
  return error instanceof DograhError && error.callPlaced === 'no';
}

function rejectedBy(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => {
      reject(
        new CancelledError({
          callPlaced: 'no',
          message: 'The execution was stopped while it waited for an equal call to be placed.',
          hint: 'This number was not dialled again.',
        }),
      );
    };
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop, { once: true });
  });
}
