import { parseId } from '../input/id';
import type { Run as RunInContract } from '../contract/types.gen';
import { NotFoundError } from '../errors/dograh-error';
import { contractError } from '../errors/contract-error';
import { quote } from '../errors/quote';
import { isRecord, type Fields } from '../transport/answer';
import { inputError } from '../errors/input-error';
import type { Session } from '../connection/session';
import { readJson } from '../connection/read';
import { hadConversation } from './outcome';
import { readPageOfRuns, withId } from './list-runs';
import type { CallResult } from './call-result';
import { resultOfListedRun, type ListedRun } from './listed-run';

/** @throws InvalidInputError for what is no ID of a run */
export function parseRunId(value: unknown): number {
  const id = parseId(value);
  if (id !== undefined) return id;
  throw inputError(
    `${quote(value)} is not a run ID.`,
    'Use the whole number that Trigger Call gives as workflow_run_id.',
  );
}

/**
 * A run by its ID alone, as Dograh's list of all runs has it: with the agent and the price.
 * @throws NotFoundError when the key's organization has no such run
 */
export async function findRun(runId: number, session: Session): Promise<ListedRun> {
  const query = { filters: [withId(runId)] };
  const { runs } = await readPageOfRuns(query, 1, session);
  const found = runs.find(({ id }) => id === runId);
  if (found !== undefined) return found;
  throw new NotFoundError({
    message: `There is no run ${runId} in the organization of this API key.`,
    hint: 'Check the run ID: it is the workflow_run_id that Trigger Call gives. The runs of another organization cannot be read.',
  });
}

/** A run as it is now. */
export async function readResult(runId: number, session: Session): Promise<CallResult> {
  const { run, isCompleted } = await readRun(runId, session);
  return resultOfListedRun(run, undefined, isCompleted);
}

/** The same with what a result does not say. */
export async function readRun(
  runId: number,
  session: Session,
): Promise<{ readonly run: ListedRun; readonly isCompleted: boolean }> {
  return readMore(await findRun(runId, session), session);
}

/** The same of a run that was found in the list. */
export async function readMore(
  run: ListedRun,
  session: Session,
): Promise<{ readonly run: ListedRun; readonly isCompleted: boolean }> {
  const { isCompleted } = await readRunState(run, session);
  // The first one to read a finished run makes Dograh give it public URLs.
  const hasUrls = !isCompleted || run.recordingUrl !== null;
  return { run: hasUrls ? run : await findRun(run.id, session), isCompleted };
}

/** Dograh writes the results some seconds after the call; a run that has none after so long gets none. */
export const MAX_WRITING_MS = 60_000;

/** What only the run itself says. */
export interface RunState {
  /** Dograh sets it as soon as the call ends, which may be before the results are written. */
  readonly isCompleted: boolean;
  /** Whether the disposition is known, and the length too where somebody answered: that is written last. */
  readonly hasResults: boolean;
}

/** Reading a run also makes Dograh give it public URLs for its recording and transcript. */
export async function readRunState(
  { id, workflowId }: Pick<ListedRun, 'id' | 'workflowId'>,
  session: Session,
): Promise<RunState> {
  const url = session.baseUrl.resolve(`/workflow/${workflowId ?? 0}/runs/${id}`);
  const { body } = await readJson({ url, credential: 'api-key' }, session);
  const run: Fields<RunInContract> = isRecord(body) ? body : {};
  if (typeof run.is_completed === 'boolean') {
    return { isCompleted: run.is_completed, hasResults: hasResults(run) };
  }
  throw contractError(`What ${session.baseUrl.host} answered about run ${id}`);
}

function hasResults({ gathered_context, usage_info, cost_info }: Fields<RunInContract>): boolean {
  const disposition = isRecord(gathered_context) ? gathered_context['call_disposition'] : undefined;
  if (typeof disposition !== 'string') return false;
  // 0 seconds are a length, too. A Dograh may give it in one of them only.
  const isLengthKnown = [usage_info, cost_info].some(
    (info) => isRecord(info) && typeof info['call_duration_seconds'] === 'number',
  );
  return isLengthKnown || !hadConversation(disposition);
}
