import { pause, type Session } from '../connection/session';
import { CancelledError, DograhError, OutcomeUnknownError } from '../errors/dograh-error';
import { toMinutes } from '../input/duration';
import type { RunResult } from './call-result';
import { resultOfListedRun, type ListedRun } from './listed-run';
import { mayPass } from './may-pass';
import {
  findRun,
  MAX_WRITING_MS,
  mayBeWrittenSoon,
  readRunState,
  type CheckedRunState,
} from './read-run';
import { waitForTranscript } from './transcript';

/** Hardly any call ends sooner: the phone has to ring first. */
const FIRST_CHECK_MS = 10_000;
/** Minimum interval between checks while the call is running. An unanswered call ends soon. */
const MIN_INTERVAL_MS = 5_000;
/** Interval between checks after Dograh completed the run: its results are due. */
const WRITING_INTERVAL_MS = 2_000;
/** The interval grows to this share of the time waited: after 3 minutes, 15 seconds. */
const INTERVAL_SHARE = 1 / 12;

/** How long and how often to check a call, and what to return. */
export interface WaitForResultOptions {
  /** How long to wait for the end of the call, in milliseconds. */
  readonly timeoutMs: number;
  /** Maximum interval between two checks, in milliseconds. */
  readonly pollMs: number;
  /** After the timeout: fail, or return the run as it is then. */
  readonly onTimeout: 'fail' | 'returnRun';
  /** Whether to wait up to a minute for the transcript. */
  readonly forTranscript: boolean;
}

/**
 * Waits until a run is finished. A run is finished when Dograh completed it and wrote its results,
 * or completed it a minute ago. Each check is one request. If a check fails for a passing reason, the next one follows.
 * @throws OutcomeUnknownError on timeout and if the run cannot be read; CancelledError
 */
export async function waitForResult(
  runId: number,
  options: WaitForResultOptions,
  session: Session,
): Promise<RunResult> {
  try {
    const result = await waitForEnd(runId, options, session);
    return options.forTranscript ? await waitForTranscript(result, session) : result;
  } catch (error) {
    throw afterPlacing(error, runId);
  }
}

async function waitForEnd(
  runId: number,
  options: WaitForResultOptions,
  session: Session,
): Promise<RunResult> {
  const { clock } = session;
  const startedAt = clock.now();
  const until = startedAt + options.timeoutMs;
  let found = await unlessPassing(locate(runId, session));
  let completedAt: number | undefined;
  // Spreads the first checks of calls that were placed at the same moment.
  let spread = 0.75 + clock.random() / 4;
  // A run with a disposition may be finished already: it may be an earlier call.
  let state = found?.mayBeFinished === true ? await check(found, session) : undefined;
  for (;;) {
    if (state?.isCompleted === true) {
      completedAt ??= clock.now();
      if (state.hasResults || clock.now() - completedAt >= MAX_WRITING_MS) {
        const run = await unlessPassing(findRun(runId, session));
        if (run !== undefined) return resultOfListedRun(run, undefined, state);
      }
    }
    const now = clock.now();
    if (now >= until) {
      // The call is over, and its results will never come.
      if (state?.isCompleted === true && !mayBeWrittenSoon(state, now)) {
        return resultOfListedRun(await findRun(runId, session), undefined, state);
      }
      // If the run could not be read until now, this read throws the reason.
      if (found === undefined || completedAt !== undefined) await findRun(runId, session);
      return afterTimeout(runId, options, state?.isCompleted === true, session);
    }
    const interval =
      completedAt === undefined ? intervalAfter(now - startedAt) : WRITING_INTERVAL_MS;
    await pause(Math.min(Math.min(interval, options.pollMs) * spread, until - now), session);
    spread = 1;
    found ??= await unlessPassing(locate(runId, session));
    state = found && (await check(found, session));
  }
}

/** Only what a check needs: hundreds of calls may wait, each with a large context. */
type Located = Pick<ListedRun, 'id' | 'workflowId'> & { readonly mayBeFinished: boolean };

async function locate(runId: number, session: Session): Promise<Located> {
  const { id, workflowId, disposition } = await findRun(runId, session);
  return { id, workflowId, mayBeFinished: disposition !== null };
}

function intervalAfter(waitedMs: number): number {
  return Math.max(FIRST_CHECK_MS - waitedMs, MIN_INTERVAL_MS, waitedMs * INTERVAL_SHARE);
}

function check(run: Located, session: Session): Promise<CheckedRunState | undefined> {
  return unlessPassing(readRunState(run, session));
}

/** Undefined if the failure may pass by itself. The call continues meanwhile. */
function unlessPassing<T>(reading: Promise<T>): Promise<T | undefined> {
  return reading.catch((error: unknown) => {
    if (error instanceof DograhError && mayPass(error)) return undefined;
    throw error;
  });
}

async function afterTimeout(
  runId: number,
  { timeoutMs, onTimeout }: WaitForResultOptions,
  isOver: boolean,
  session: Session,
): Promise<RunResult> {
  if (onTimeout === 'returnRun') return resultOfListedRun(await findRun(runId, session));
  throw new OutcomeUnknownError({
    runId,
    message: `Run ${runId} was placed, but was not finished after ${toMinutes(timeoutMs)}.`,
    hint: `${isOver ? 'The call is over, but its result is not written yet.' : 'The call continues.'} Wait longer, let the step return the unfinished run, or read the run later by its run ID.`,
  });
}

/** The call was placed. Without this, an error of reading would say that nobody was dialed. */
function afterPlacing(error: unknown, runId: number): DograhError {
  const known = error instanceof DograhError ? error : undefined;
  if (known?.callPlaced === 'unknown') return known;
  const why = known?.message ?? (error instanceof Error ? error.name : typeof error);
  const message = `Run ${runId} was placed, but its result could not be read: ${why}`;
  const advice =
    'The call continues. Read the run later by its run ID, and do not place the call again.';
  const report = 'Please report this error to the makers of this integration.';
  const { status, detail, hint = report } = known ?? {};
  const fields = { runId, status, detail, message, hint: `${advice} ${hint}` };
  return known?.kind === 'Cancelled'
    ? new CancelledError({ runId, callPlaced: 'unknown', message, hint: fields.hint })
    : new OutcomeUnknownError(fields);
}
