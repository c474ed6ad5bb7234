import type { BaseUrl } from '../connection/base-url';
import { CancelledError, DograhError, OutcomeUnknownError } from '../errors/dograh-error';
import { pause, type Operation } from '../transport/operation';
import type { CallResult } from './call-result';
import { resultOfListedRun, type ListedRun } from './listed-run';
import { findRun, readRunState } from './read-run';

/** The first wait; each is half as long again as the one before, up to the longest. */
const FIRST_WAIT_MS = 2_000;
const SLOWER = 1.5;
/** Dograh writes the results some seconds after the call; one that has none after so long gets none. */
const LONGEST_WRITING_MS = 60_000;

export interface Patience {
  /** How long to wait for the end of the call, in all. */
  readonly timeoutMs: number;
  /** The longest time between two looks at the run. */
  readonly pollMs: number;
  /** When the time is over: fail, or give the run as it is then. */
  readonly onTimeout: 'fail' | 'returnRun';
  /** Whether to wait, a minute at most, until what was said is written down, too. */
  readonly forTranscript: boolean;
}

/**
 * Waits until a run is finished: completed, and its results written, or a minute gone by since. Looks at it often at
 * first, for short calls, then more calmly; each look is one request.
 * @throws OutcomeUnknownError when it takes too long; DograhError where the run cannot be read at all
 */
export async function waitForResult(
  runId: number,
  patience: Patience,
  baseUrl: BaseUrl,
  operation: Operation,
): Promise<CallResult> {
  const { clock } = operation;
  const until = clock.now() + patience.timeoutMs;
  const run = await findRun(runId, baseUrl, operation);
  let completedAt: number | undefined;
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * SLOWER, patience.pollMs)) {
    const state = await lookAt(run, baseUrl, operation);
    if (state?.isCompleted === true) {
      completedAt ??= clock.now();
      if (state.hasResults || clock.now() - completedAt >= LONGEST_WRITING_MS) {
        return resultOfListedRun(await findRun(runId, baseUrl, operation), undefined, true);
      }
    }
    const left = until - clock.now();
    if (left <= 0) return timeIsOver(runId, patience, baseUrl, operation);
    await pause(Math.min(wait, patience.pollMs, left), operation);
  }
}

/**
 * What is said of a call that was placed, and of whose end nothing can be read: by itself, a refusal to read would say
 * that nobody was dialled.
 */
export function afterPlacing(error: unknown, runId: number): unknown {
  if (!(error instanceof DograhError) || error.callPlaced === 'unknown') return error;
  const { status, detail } = error;
  const message = `Run ${runId} was placed, and what came of it could not be read: ${error.message}`;
  const hint = `The call goes on. Read it later by its run ID, and do not place it again. ${error.hint}`;
  return error.kind === 'Cancelled'
    ? new CancelledError({ callPlaced: 'unknown', message, hint })
    : new OutcomeUnknownError({ status, detail, message, hint });
}

/** Undefined where Dograh is in trouble for the moment: the call goes on all the same. */
function lookAt(
  run: ListedRun,
  baseUrl: BaseUrl,
  operation: Operation,
): Promise<Awaited<ReturnType<typeof readRunState>> | undefined> {
  return readRunState(run, baseUrl, operation).catch((error: unknown) => {
    if (error instanceof DograhError && error.retryable) return undefined;
    throw error;
  });
}

async function timeIsOver(
  runId: number,
  { timeoutMs, onTimeout }: Patience,
  baseUrl: BaseUrl,
  operation: Operation,
): Promise<CallResult> {
  if (onTimeout === 'returnRun') {
    return resultOfListedRun(await findRun(runId, baseUrl, operation));
  }
  const minutes = Math.round(timeoutMs / 6_000) / 10;
  throw new OutcomeUnknownError({
    message: `Run ${runId} was placed, and is not finished after ${minutes} minutes.`,
    hint: 'The call goes on. Wait longer, have the unfinished run returned instead, or read it later by its run ID.',
  });
}
