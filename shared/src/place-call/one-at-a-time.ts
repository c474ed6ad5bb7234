import {
  CancelledError,
  ConcurrencyLimitError,
  DograhError,
  OutcomeUnknownError,
} from '../errors/dograh-error';
import { skippedFor, type CallResult } from '../runs/call-result';
import type { Session } from '../connection/session';

type Outcome = CallResult | DograhError;

/** JavaScript ends a longer timer at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The last call of each key that this process is placing. */
const lastCalls = new Map<string, Promise<Outcome>>();

/**
 * Places calls with the same key one after the other. Two calls that check at the same moment for an earlier call
 * would both find none. A call gets the outcome of the one before it, unless that one certainly dialed no phone.
 * It only knows the calls of this process.
 * @param maxWaitMs how long to wait for the call before
 */
export async function oneAtATime(
  key: string,
  session: Session,
  maxWaitMs: number,
  place: () => Promise<CallResult>,
): Promise<CallResult> {
  const { signal } = session;
  const previous = lastCalls.get(key);
  const wait = { isOver: previous === undefined, wasGivenUp: false };

  const placeInTurn = async (): Promise<Outcome> => {
    const outcome = await previous;
    if (outcome !== undefined && mayBePlaced(outcome)) return afterSameCall(outcome);
    // The next call waits for this promise. It must not overtake the previous call.
    if (wait.wasGivenUp || signal?.aborted === true) return stoppedError();
    wait.isOver = true;
    return place().catch((error: unknown) => {
      if (error instanceof DograhError) return error;
      throw error;
    });
  };
  const placing = placeInTurn();
  lastCalls.set(key, placing);
  const forget = (): void => {
    if (lastCalls.get(key) === placing) lastCalls.delete(key);
  };
  placing.then(forget, forget);

  const outcome = await Promise.race([
    placing,
    ...(wait.isOver ? [] : [untilGivenUp(wait, session, maxWaitMs)]),
  ]);
  if (outcome instanceof DograhError) throw outcome;
  return outcome;
}

function mayBePlaced(outcome: Outcome): boolean {
  return !(outcome instanceof DograhError) || outcome.callPlaced === 'unknown';
}

function afterSameCall(outcome: Outcome): Outcome {
  if (!(outcome instanceof DograhError)) return skippedFor(outcome);
  return new OutcomeUnknownError({
    ...outcome.toJSON(),
    message: `Not sent, because it is not known whether the same call was placed already. ${outcome.message}`,
  });
}

/** Resolves when the wait is stopped or takes too long. Does not resolve after the wait is over. */
function untilGivenUp(
  wait: { isOver: boolean; wasGivenUp: boolean },
  { clock, signal }: Session,
  maxWaitMs: number,
): Promise<DograhError> {
  return new Promise((resolve) => {
    const giveUp = (error: DograhError): void => {
      if (wait.isOver) return;
      wait.wasGivenUp = true;
      resolve(error);
    };
    signal?.addEventListener('abort', () => {
      giveUp(stoppedError());
    });
    if (signal?.aborted === true) giveUp(stoppedError());
    void clock.sleep(Math.min(maxWaitMs, MAX_TIMER_MS), signal).then(() => {
      giveUp(stillPlacingError());
    });
  });
}

function stoppedError(): CancelledError {
  return new CancelledError({
    callPlaced: 'no',
    message: 'The execution was stopped while the same call was still being placed.',
    hint: 'This number was not dialed again.',
  });
}

function stillPlacingError(): ConcurrencyLimitError {
  return new ConcurrencyLimitError({
    message: 'Another call with the same Phone Number and Call Reference is still being placed.',
    hint: 'This number was not dialed again. Check the result of the other call.',
  });
}
