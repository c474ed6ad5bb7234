import { DograhError } from '../errors/dograh-error';
import type { CallResult } from '../runs/call-result';
import { pause, type Session } from '../connection/session';
import { inLine, type Asking } from './concurrency-queue';

/** After a fault that proves that nothing was sent: long enough for a blip, short enough to go unnoticed. */
const QUICK_PAUSE_MS = 250;
/** A fault that took longer is no blip, and a second one might outlast what the host allows for the step. */
const QUICK_FAULT_MS = 2_000;

/**
 * Asks again where, and only where, it is certain that nobody was dialled: once, quickly, when the request
 * cannot have been sent; and, within `maxWaitMs`, while Dograh holds as many calls as it may.
 */
export function askUntilClear(
  asking: Asking,
  session: Session,
  maxWaitMs: number,
): Promise<CallResult> {
  const ask = onceMoreAfterABlip(asking.ask, session);
  return inLine({ ...asking, ask }, session, maxWaitMs);
}

/** One second try, however often the result is called. */
function onceMoreAfterABlip<T>(ask: () => Promise<T>, session: Session): () => Promise<T> {
  const { clock } = session;
  let isLeft = true;
  return async () => {
    const started = clock.now();
    try {
      return await ask();
    } catch (error) {
      const isBlip =
        error instanceof DograhError && error.kind === 'Network' && error.callPlaced === 'no';
      if (!isBlip || !isLeft || clock.now() - started >= QUICK_FAULT_MS) throw error;
      isLeft = false;
      await pause(QUICK_PAUSE_MS, session);
      return ask();
    }
  };
}
