import type { Session } from '../connection/session';
import type { RunResult } from '../runs/call-result';
import { readPageOfRuns } from '../runs/list-runs';
import { resultOfListedRun, type ListedRun } from '../runs/listed-run';
import { byPhone } from '../runs/run-filters';
import { isCertainlyFinished } from './is-finished';
import { matches, readCriteria, type FinishedRunFilters } from './filters';

const MAX_PAGES = 3;

/**
 * The newest finished run that matches the filters, as an example. Undefined if there is none among the newest 300
 * runs. A run whose call may still continue is returned only if there is no other.
 * @throws DograhError
 */
export async function latestFinishedRun(
  input: FinishedRunFilters,
  session: Session,
): Promise<RunResult | undefined> {
  const criteria = await readCriteria(input, {}, session);
  const filters = criteria.onlyPhoneCalls ? [byPhone()] : [];
  let uncertain: ListedRun | undefined;
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const { runs, totalPages } = await readPageOfRuns({ filters }, page, session);
    const ended = runs.filter((run) => run.disposition !== null && matches(criteria, run));
    const finished = ended.find(isCertainlyFinished);
    if (finished !== undefined) return resultOfListedRun(finished);
    uncertain ??= ended[0];
    if (page >= totalPages) break;
  }
  return uncertain && resultOfListedRun(uncertain);
}
