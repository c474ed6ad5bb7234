import {
  CancelledError,
  ConcurrencyLimitError,
  DograhError,
  OutcomeUnknownError,
} from '../errors/dograh-error';
import type { CallResult } from '../runs/call-result';
import type { Session } from '../connection/session';

/** What became of a call; a failure is kept as it is. */
type Outcome = CallResult | DograhError;

/** A longer one would end at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Equal calls that this process is placing now; the last one of each. */
const turns = new Map<string, Promise<Outcome>>();

/**
 * Places equal calls one after the other: two that look at the same moment whether the call was made before
 * would both find that it was not. The next one gets what became of the one before it, unless that one certainly
 * dialled nobody. It knows only of this process.
 * @param sameCall the same for calls that are the same
 * @param patienceMs how long to wait for the one before
 */
export async function oneAtATime(
  sameCall: string,
  session: Session,
  patienceMs: number,
  place: () => Promise<CallResult>,
): Promise<CallResult> {
  const { signal } = session;
  const before = turns.get(sameCall);
  const waiting = { isOver: before === undefined, wasGivenUp: false };

  const take = async (): Promise<Outcome> => {
    const earlier = await before;
    if (earlier !== undefined && mayHaveRung(earlier)) return afterwards(earlier);
    // Whoever gave up waiting must not let the next one pass the one before.
    if (waiting.wasGivenUp || signal?.aborted === true) return stoppedWaiting();
    waiting.isOver = true;
    return place().catch((error: unknown) => {
      if (error instanceof DograhError) return error;
      throw error;
    });
  };
  const turn = take();
  turns.set(sameCall, turn);
  const end = (): void => {
    if (turns.get(sameCall) === turn) turns.delete(sameCall);
  };
  turn.then(end, end);

  const outcome = await Promise.race([
    turn,
    ...(waiting.isOver ? [] : [givenUp(waiting, session, patienceMs)]),
  ]);
  if (outcome instanceof DograhError) throw outcome;
  return outcome;
}

function mayHaveRung(outcome: Outcome): boolean {
  return !(outcome instanceof DograhError) || outcome.callPlaced === 'unknown';
}

function afterwards(earlier: Outcome): Outcome {
  if (!(earlier instanceof DograhError)) return { ...earlier, skipped: true, recovered: false };
  return new OutcomeUnknownError({
    ...earlier.toJSON(),
    message: `Not sent, because nobody knows whether an equal call was placed. ${earlier.message}`,
  });
}

/** Resolves when this one is not to wait any longer; never, once it is its turn. */
function givenUp(
  waiting: { isOver: boolean; wasGivenUp: boolean },
  { clock, signal }: Session,
  patienceMs: number,
): Promise<DograhError> {
  return new Promise((resolve) => {
    const giveUp = (error: DograhError): void => {
      if (waiting.isOver) return;
      waiting.wasGivenUp = true;
      resolve(error);
    };
    signal?.addEventListener('abort', () => {
      giveUp(stoppedWaiting());
    });
    if (signal?.aborted === true) giveUp(stoppedWaiting());
    void clock.sleep(Math.min(patienceMs, MAX_TIMER_MS), signal).then(() => {
      giveUp(waitedTooLong());
    });
  });
}

function stoppedWaiting(): CancelledError {
  return new CancelledError({
    callPlaced: 'no',
    message: 'The execution was stopped while it waited for an equal call to be placed.',
    hint: 'This number was not dialled again.',
  });
}

function waitedTooLong(): ConcurrencyLimitError {
  return new ConcurrencyLimitError({
    message:
      'An equal call, to the same number and with the same reference, is still being placed.',
    hint: 'This number was not dialled again. Look what became of the other call.',
  });
}
