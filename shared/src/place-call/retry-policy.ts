import { CancelledError, ConcurrencyLimitError, DograhError } from '../errors/dograh-error';
import { said } from '../errors/read-answer';
import type { Clock } from '../transport/clock';
import type { Operation } from '../transport/operation';

/** After a fault that proves that nothing was sent: long enough for a blip, short enough to go unnoticed. */
const QUICK_PAUSE_MS = 250;
/** A fault that took longer is no blip, and a second one might outlast what the host allows for the step. */
const QUICK_FAULT_MS = 2_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/**
 * Asks again where, and only where, it is certain that nobody was dialled: once, quickly, when the request
 * cannot have been sent; and, within `maxWaitMs`, while Dograh holds as many calls as it may.
 * @param ask places the call, or throws what is known of it
 */
export async function askUntilClear<T>(
  ask: () => Promise<T>,
  operation: Operation,
  maxWaitMs: number,
): Promise<T> {
  const { clock } = operation;
  const started = clock.now();
  let quickRetryLeft = true;
  for (let waits = 0; ; ) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof DograhError) || error.callPlaced !== 'no') throw error;
      if (error.kind === 'Network' && quickRetryLeft && clock.now() - started < QUICK_FAULT_MS) {
        quickRetryLeft = false;
        await waitToPlace(QUICK_PAUSE_MS, operation);
      } else if (error.kind === 'ConcurrencyLimit') {
        const left = maxWaitMs - (clock.now() - started);
        if (left <= 0) throw maxWaitMs === 0 ? error : waitedInVain(error, maxWaitMs);
        await waitToPlace(Math.min(nextWait(waits, clock), left), operation);
        waits += 1;
      } else {
        throw error;
      }
    }
  }
}

/** Doubles, and spreads by half, so that many who were refused at once do not come back at once. */
function nextWait(waits: number, clock: Clock): number {
  const longest = Math.min(FIRST_WAIT_MS * 2 ** waits, LONGEST_WAIT_MS);
  return Math.round(longest * (0.5 + clock.random() / 2));
}

async function waitToPlace(ms: number, { clock, signal }: Operation): Promise<void> {
  await clock.sleep(ms, signal);
  if (signal?.aborted !== true) return;
  throw new CancelledError({
    callPlaced: 'no',
    message: 'The execution was stopped while it waited to place the call.',
    hint: 'This number was not dialled.',
  });
}

function waitedInVain(error: DograhError, maxWaitMs: number): ConcurrencyLimitError {
  const minutes = Math.round(maxWaitMs / 6_000) / 10;
  return new ConcurrencyLimitError({
    status: error.status,
    detail: error.detail,
    message: `Dograh held as many calls as it may for ${minutes} minutes${said(error.detail)}.`,
    hint: 'This number was not dialled. Wait longer, place fewer calls at once, or raise the limit in Dograh.',
  });
}
