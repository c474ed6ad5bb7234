import { parseId } from '../input/id';
import type { Run as RunInContract } from '../contract/types.gen';
import { NotFoundError } from '../errors/dograh-error';
import { contractError } from '../errors/contract-error';
import { isRecord, type Fields } from '../transport/answer';
import type { Session } from '../connection/session';
import { readJson } from '../connection/read';
import { wasNotConnected } from './outcome';
import { readPageOfRuns } from './list-runs';
import { byId } from './run-filters';
import type { RunResult } from './call-result';
import {
  objectOrNull,
  parseEnd,
  resultOfListedRun,
  timeOrNull,
  type ListedRun,
  type RunState,
} from './listed-run';

/** @throws InvalidInputError */
export function parseRunId(value: unknown): number {
  return parseId(
    value,
    'Run ID',
    'Use the workflow_run_id that Trigger Call returns. It is not a phone number.',
  );
}

/**
 * A run by its ID, as it is in Dograh's list of runs: with the agent and the price.
 * @throws NotFoundError if the key's organization has no such run
 */
export async function findRun(runId: number, session: Session): Promise<ListedRun> {
  const query = { filters: [byId(runId)] };
  const { runs } = await readPageOfRuns(query, 1, session);
  const found = runs.find(({ id }) => id === runId);
  if (found !== undefined) return found;
  throw new NotFoundError({
    message: `There is no run ${runId} in the organization of this API key.`,
    hint: 'Check Run ID: it is the workflow_run_id that Trigger Call returns. The key cannot read runs of another organization.',
  });
}

/** A run as it is now. */
export async function readResult(runId: number, session: Session): Promise<RunResult> {
  const { run, state } = await readRun(runId, session);
  return resultOfListedRun(run, undefined, state);
}

/** A run in the list, with what only the run itself says. */
export interface ReadRun {
  readonly run: ListedRun;
  readonly state: RunState;
}

export async function readRun(runId: number, session: Session): Promise<ReadRun> {
  return readListedRun(await findRun(runId, session), session);
}

/** The same for a run from the list. */
export async function readListedRun(run: ListedRun, session: Session): Promise<ReadRun> {
  const state = await readRunState(run, session);
  // Dograh creates the public URLs when a finished run is read for the first time.
  const hasUrls = !state.isCompleted || run.recordingUrl !== null;
  return { run: hasUrls ? run : await findRun(run.id, session), state };
}

/** Dograh writes the results some seconds after the call. Results that are missing after this time never come. */
export const MAX_WRITING_MS = 60_000;

export interface CheckedRunState extends RunState {
  /** Whether the disposition is known and, if the call was answered, the duration. That is written last. */
  readonly hasResults: boolean;
  /** Whether the run has a disposition now. */
  readonly hasDisposition: boolean;
  /** What the telephony provider reported, the oldest first. `at` is in milliseconds since 1970. */
  readonly callbacks: readonly { readonly status: string; readonly at: number | null }[];
}

/** This request also makes Dograh create the public URLs of the recording and the transcript. */
export async function readRunState(
  { id, workflowId }: Pick<ListedRun, 'id' | 'workflowId'>,
  session: Session,
): Promise<CheckedRunState> {
  const url = session.baseUrl.resolve(`/workflow/${workflowId ?? 0}/runs/${id}`);
  const { body } = await readJson({ url, credential: 'api-key' }, session);
  const run: Fields<RunInContract> = isRecord(body) ? body : {};
  if (typeof run.is_completed !== 'boolean')
    throw contractError(`response about run ${id}`, session);
  const duration = durationOf(run);
  const end = parseEnd(objectOrNull(run.gathered_context), duration);
  const hasDisposition = end.disposition !== null;
  return {
    isCompleted: run.is_completed,
    hasResults: hasDisposition && (duration !== undefined || wasNotConnected(end)),
    hasDisposition,
    callbacks: callbacksIn(run.logs),
    usageInfo: objectOrNull(run.usage_info),
    annotations: objectOrNull(run.annotations),
  };
}

/**
 * Whether the results of a completed run may come. The provider's last report may complete the run some seconds before
 * its results are written.
 * @param now by Dograh's clock, in milliseconds since 1970
 */
export function mayBeWrittenSoon({ callbacks }: CheckedRunState, now: number): boolean {
  return callbacks.some(({ at }) => at !== null && now - at < MAX_WRITING_MS);
}

function callbacksIn(logs: unknown): CheckedRunState['callbacks'] {
  const reports = isRecord(logs) ? logs['telephony_status_callbacks'] : undefined;
  if (!Array.isArray(reports)) return [];
  return reports.flatMap((report: unknown) =>
    isRecord(report) && typeof report['status'] === 'string'
      ? [{ status: report['status'], at: timeOrNull(report['timestamp']) }]
      : [],
  );
}

/** 0 seconds are a duration too. Some Dograh versions send it in only one of the two. */
function durationOf({ usage_info, cost_info }: Fields<RunInContract>): number | undefined {
  return [usage_info, cost_info]
    .map((info: unknown) => (isRecord(info) ? info['call_duration_seconds'] : undefined))
    .find((seconds) => typeof seconds === 'number');
}
