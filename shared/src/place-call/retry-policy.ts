import { DograhError } from '../errors/dograh-error';
import type { RunResult } from '../runs/call-result';
import { pause, type Session } from '../connection/session';
import { placeInQueue, type QueuedCall } from './concurrency-queue';

const RETRY_PAUSE_MS = 250;
/** After a slower fault, a second one might exceed the host's time limit for the step. */
const MAX_FAULT_MS = 2_000;

/**
 * Places a call, and makes a new attempt only if it is certain that no phone was dialed: once, if the request cannot
 * have been sent, and at the concurrency limit for up to `maxWaitMs`.
 */
export function placeWithRetries(
  call: QueuedCall,
  session: Session,
  maxWaitMs: number,
): Promise<RunResult> {
  const attempt = retryOnce(call.attempt, session);
  return placeInQueue({ ...call, attempt }, session, maxWaitMs);
}

/** Allows one retry in total, however often the returned function is called. */
function retryOnce<T>(attempt: () => Promise<T>, session: Session): () => Promise<T> {
  const { clock } = session;
  let isLeft = true;
  return async () => {
    const started = clock.now();
    try {
      return await attempt();
    } catch (error) {
      const wasNotSent =
        error instanceof DograhError && error.kind === 'Network' && error.callPlaced === 'no';
      if (!wasNotSent || !isLeft || clock.now() - started >= MAX_FAULT_MS) throw error;
      isLeft = false;
      await pause(RETRY_PAUSE_MS, session);
      return attempt();
    }
  };
}
