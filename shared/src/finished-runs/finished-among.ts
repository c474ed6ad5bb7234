import type { Session } from '../connection/session';
import type { RunResult } from '../runs/call-result';
import type { RunQuery } from '../runs/list-runs';
import { resultOfListedRun, type ListedRun } from '../runs/listed-run';
import { byAgent, byDirection, byPhone, type RunFilter } from '../runs/run-filters';
import { completedWithoutResult, isDueForCheck } from './completed-without-result';
import { dropUnfinished, type ReadRuns } from './drop-unfinished';
import { matches, type RunCriteria } from './filters';
import { isCertainlyFinished, isOld } from './is-finished';

/**
 * Chooses which of the runs without a disposition are checked. Each check is a request. If there is too little time,
 * the last ones are not checked.
 */
export type ChooseChecks = (due: readonly ListedRun[]) => readonly ListedRun[];

/** Filters of Dograh itself, which make fewer pages. */
export function queryFor({ agents, direction, onlyPhoneCalls }: RunCriteria): RunQuery {
  const [agent, another] = Object.values(agents);
  const filters: RunFilter[] = [];
  if (agent !== undefined && another === undefined) filters.push(byAgent(agent));
  if (onlyPhoneCalls) filters.push(byPhone());
  if (direction !== null) filters.push(byDirection(direction));
  return { filters };
}

/**
 * The results, by run ID, of the runs that are finished and match.
 * @param read if there are too many runs that are not decided, the last ones are left out
 * @param query the query that returned the runs
 */
export async function finishedAmong(
  read: ReadRuns,
  query: RunQuery,
  criteria: RunCriteria,
  choose: ChooseChecks,
  session: Session,
): Promise<ReadonlyMap<number, RunResult>> {
  const withDisposition = read.runs.filter(({ disposition }) => disposition !== null);
  const runs = withDisposition.filter((run) => matches(criteria, run));
  const finished = await dropUnfinished({ ...read, runs }, query, session);
  const results = finished
    .filter((run) => matches(criteria, run))
    .map((run) => resultOfListedRun(run));
  const others = await withoutDisposition(read, criteria, choose, session);
  return new Map([...results, ...others].map((result) => [result.workflow_run_id, result]));
}

/** Whether the list alone tells how the run ended, or that it was not placed. */
export function isDecided(run: ListedRun, now: number): boolean {
  return run.disposition === null
    ? resultOfListedRun(run).outcome !== null
    : isCertainlyFinished(run) || isOld(run, now);
}

/** Whether a run that is not decided may match when it is. */
export function mayMatchLater(run: ListedRun, criteria: RunCriteria): boolean {
  return matches({ ...criteria, ...anyEnd }, run);
}

const anyEnd = { dispositions: [], outcomes: [], status: null } as const;

/** The results of runs without a disposition that are over. */
async function withoutDisposition(
  { runs, now, hasTime }: ReadRuns,
  criteria: RunCriteria,
  choose: ChooseChecks,
  session: Session,
): Promise<readonly RunResult[]> {
  const asOver = (run: ListedRun): RunResult =>
    resultOfListedRun(run, undefined, { isCompleted: true });
  const wanted = runs
    .filter(({ disposition }) => disposition === null)
    .filter((run) => matches(criteria, run, asOver(run)));
  const failed = wanted.filter((run) => resultOfListedRun(run).outcome !== null);
  const others = wanted.filter((run) => !failed.includes(run));
  const due = others.filter((run) => isDueForCheck(run, now));
  const over = hasTime ? await completedWithoutResult(choose(due), now, session) : [];
  return [...failed, ...over].map(asOver);
}
