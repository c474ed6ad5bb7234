import {
  CancelledError,
  ConcurrencyLimitError,
  DograhError,
  OutcomeUnknownError,
} from '../errors/dograh-error';
import { skippedFor, type RunResult } from '../runs/call-result';
import type { Session } from '../connection/session';

type Outcome = RunResult | DograhError;

/** JavaScript ends a longer timer at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** The last call of each key that this process is placing. */
const lastCalls = new Map<string, Promise<Outcome>>();

export interface Turn {
  /** Calls with the same key wait for each other. */
  readonly key: string;
  /** Whether a call gets the run of the call before it. Otherwise, it is placed after it. */
  readonly sharesRun: boolean;
  /** How long to wait for the call before, in milliseconds. */
  readonly maxWaitMs: number;
}

/**
 * Places calls with the same key one after the other. Two calls that check at the same moment for an earlier call
 * would both find none. If it is unknown whether the call before was placed, the next one is not placed.
 * It only knows the calls of this process.
 */
export async function oneAtATime(
  { key, sharesRun, maxWaitMs }: Turn,
  session: Session,
  place: () => Promise<RunResult>,
): Promise<RunResult> {
  const { signal } = session;
  const previous = lastCalls.get(key);
  const wait = { isOver: previous === undefined, wasGivenUp: false };

  const placeInTurn = async (): Promise<Outcome> => {
    const outcome = await previous;
    if (outcome !== undefined && isShared(outcome, sharesRun)) {
      return sharesRun ? afterSameCall(outcome) : outcome;
    }
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
  if (!(outcome instanceof DograhError)) return outcome;
  const isOfOther = !sharesRun && !wait.isOver && outcome.callPlaced === 'unknown';
  throw isOfOther ? afterUnclearCallError(outcome) : outcome;
}

function isShared(outcome: Outcome, sharesRun: boolean): boolean {
  return outcome instanceof DograhError ? outcome.callPlaced === 'unknown' : sharesRun;
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

/** Of a call that may be counted, so its trace is left out: it would find the run of the other call. */
function afterUnclearCallError({ message }: DograhError): ConcurrencyLimitError {
  return new ConcurrencyLimitError({
    message: `Not sent, because it is not known whether another call to the same Phone Number was placed. ${message}`,
    hint: 'This number was not dialed again. Check the result of the other call.',
  });
}

function stillPlacingError(): ConcurrencyLimitError {
  return new ConcurrencyLimitError({
    message: 'Another call to the same Phone Number is still being placed.',
    hint: 'This number was not dialed again. Check the result of the other call.',
  });
}
