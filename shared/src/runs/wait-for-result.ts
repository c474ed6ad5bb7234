import type { BaseUrl } from '../connection/base-url';
import { CancelledError, DograhError, OutcomeUnknownError } from '../errors/dograh-error';
import { inMinutes } from '../place-call/time-limits';
import { pause, type Operation } from '../connection/session';
import type { CallResult } from './call-result';
import { resultOfListedRun, type ListedRun } from './listed-run';
import { LONGEST_WRITING_MS, findRun, readRunState, type RunState } from './read-run';

/** Hardly any call is over sooner: the phone has to ring first. */
const FIRST_LOOK_MS = 10_000;
/** The shortest time between two looks while the call goes on; where nobody answers, or a voicemail, it ends soon. */
const CALLING_MS = 5_000;
/** The same once it is completed: its results are due. */
const WRITING_MS = 2_000;
/** Whoever waited for minutes does not mind this share of them: after 3 minutes, 15 seconds. */
const SHARE = 1 / 12;

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
 * Waits until a run is finished: completed, and its results written, or a minute gone by since. Looks at it when the
 * phone may have rung, every 5 seconds in the first minute, then more calmly; each look is one request. Where Dograh is
 * in trouble, the next look follows.
 * @throws OutcomeUnknownError when it takes too long; DograhError where the run cannot be read at all
 */
export async function waitForResult(
  runId: number,
  patience: Patience,
  baseUrl: BaseUrl,
  operation: Operation,
): Promise<CallResult> {
  const { clock } = operation;
  const startedAt = clock.now();
  const until = startedAt + patience.timeoutMs;
  let found = await unlessInTrouble(locate(runId, baseUrl, operation));
  let completedAt: number | undefined;
  // Calls that were placed together would be looked at together: by chance, the first look comes sooner.
  let part = 0.75 + clock.random() / 4;
  // Without a disposition it has no results. With one it may be finished: as a call that was made before.
  let state = found?.mayBeFinished === true ? await look(found, baseUrl, operation) : undefined;
  for (;;) {
    if (state?.isCompleted === true) {
      completedAt ??= clock.now();
      if (state.hasResults || clock.now() - completedAt >= LONGEST_WRITING_MS) {
        const run = await unlessInTrouble(findRun(runId, baseUrl, operation));
        if (run !== undefined) return resultOfListedRun(run, undefined, true);
      }
    }
    const now = clock.now();
    if (now >= until) {
      // Where it could not be read for all that time, that is what there is to say.
      if (found === undefined || completedAt !== undefined)
        await findRun(runId, baseUrl, operation);
      return timeIsOver(runId, patience, baseUrl, operation);
    }
    const wait = completedAt === undefined ? waitForEnd(now - startedAt) : WRITING_MS;
    await pause(Math.min(Math.min(wait, patience.pollMs) * part, until - now), operation);
    part = 1;
    found ??= await unlessInTrouble(locate(runId, baseUrl, operation));
    state = found && (await look(found, baseUrl, operation));
  }
}

/** Where a run can be looked at. Not all of it: hundreds may wait, each with a large context. */
type Located = Pick<ListedRun, 'id' | 'workflowId'> & { readonly mayBeFinished: boolean };

async function locate(runId: number, baseUrl: BaseUrl, operation: Operation): Promise<Located> {
  const { id, workflowId, disposition } = await findRun(runId, baseUrl, operation);
  return { id, workflowId, mayBeFinished: disposition !== null };
}

function waitForEnd(waitedMs: number): number {
  return Math.max(FIRST_LOOK_MS - waitedMs, CALLING_MS, waitedMs * SHARE);
}

/**
 * What is said of a call that was placed, and of whose end nothing can be read: by itself, a refusal to read would say
 * that nobody was dialled.
 */
export function afterPlacing(error: unknown, runId: number): DograhError {
  const known = error instanceof DograhError ? error : undefined;
  if (known?.callPlaced === 'unknown') return known;
  const why = known?.message ?? (error instanceof Error ? error.name : typeof error);
  const message = `Run ${runId} was placed, and what came of it could not be read: ${why}`;
  const advice = 'The call goes on. Read it later by its run ID, and do not place it again.';
  const {
    status,
    detail,
    hint: more = 'Please report this to the makers of this integration.',
  } = known ?? {};
  const hint = `${advice} ${more}`;
  return known?.kind === 'Cancelled'
    ? new CancelledError({ callPlaced: 'unknown', message, hint })
    : new OutcomeUnknownError({ status, detail, message, hint });
}

function look(run: Located, baseUrl: BaseUrl, operation: Operation): Promise<RunState | undefined> {
  return unlessInTrouble(readRunState(run, baseUrl, operation));
}

/** Undefined where Dograh is in trouble for the moment: the call goes on all the same. */
function unlessInTrouble<T>(reading: Promise<T>): Promise<T | undefined> {
  return reading.catch((error: unknown) => {
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
  throw new OutcomeUnknownError({
    message: `Run ${runId} was placed, and is not finished after ${inMinutes(timeoutMs)}.`,
    hint: 'The call goes on. Wait longer, have the unfinished run returned instead, or read it later by its run ID.',
  });
}
