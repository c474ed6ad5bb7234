import { ContractError, DograhError } from '../errors/dograh-error';
import { searchTerm } from '../input/same-number';
import type { CallResult } from '../runs/call-result';
import { failedBeforeDialling } from '../runs/failed-before-dialing';
import { calledNumber, pagesOfRuns } from '../runs/list-runs';
import { mayBeTo, resultOfListedRun, type ListedRun } from '../runs/listed-run';
import { limitedTo, type Session } from '../connection/session';
import type { CallRequest } from './call-input';
import { referenceIn } from '../variables/call-reference';
import type { SkipRule } from './skip-rule';
import { CLOCK_SKEW_MS, MAX_SEARCH_MS } from './time-limits';

const MAX_PAGES = 50;

/**
 * The newest run of this reference to this number within the window, when there is one, whatever came of it:
 * running, finished, busy, unanswered or failed. Only a run that failed before anybody was dialled is no call.
 * @throws DograhError where that cannot be found out; nobody is dialled then
 */
export async function earlierCall(
  call: CallRequest,
  rule: SkipRule,
  session: Session,
): Promise<CallResult | undefined> {
  const search = limitedTo(MAX_SEARCH_MS, session);
  try {
    const earlier = await newestCall(call, rule, search);
    return earlier && { ...resultOfListedRun(earlier, call), skipped: true };
  } catch (error) {
    if (!(error instanceof DograhError) || error.kind === 'Cancelled') throw error;
    throw error.within(
      `It could not be found out whether ${call.phoneNumber} was called before`,
      'This number was not dialled.',
    );
  }
}

async function newestCall(
  { phoneNumber }: CallRequest,
  { reference, windowMs }: SkipRule,
  session: Session,
): Promise<ListedRun | undefined> {
  const query = { filters: [calledNumber(searchTerm(phoneNumber))] };
  for await (const { runs, now } of pagesOfRuns(query, MAX_PAGES, session)) {
    // By Dograh's own clock where it tells the time; otherwise by ours, which may be wrong.
    const since = (now ?? session.clock.now() - CLOCK_SKEW_MS) - windowMs;
    for (const run of runs) {
      if (run.createdAt !== null && run.createdAt < since) return undefined;
      if (mayBeTo(phoneNumber, run) && isCall(run) && isFor(reference, run)) return run;
    }
  }
  return undefined;
}

function isCall(run: ListedRun): boolean {
  return !failedBeforeDialling(run);
}

/** @throws ContractError when nobody can tell */
function isFor(reference: string, run: ListedRun): boolean {
  if (run.initialContext !== null) return referenceIn(run.initialContext) === reference;
  throw new ContractError({
    message: `Dograh lists run ${run.id} to this number without its context, so it cannot be told which call it is.`,
    hint: 'Look at that run in the Dograh dashboard; to call regardless, leave out Skip If Called Within.',
  });
}
