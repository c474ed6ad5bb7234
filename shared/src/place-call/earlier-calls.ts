import { ContractError, DograhError } from '../errors/dograh-error';
import { searchTerm } from '../input/same-number';
import { skippedFor, type CallResult } from '../runs/call-result';
import { failedBeforeDialing } from '../runs/failed-before-dialing';
import { pagesOfRuns } from '../runs/list-runs';
import { byCalledNumber } from '../runs/run-filters';
import { mayBeTo, resultOfListedRun, type ListedRun } from '../runs/listed-run';
import { limitedTo, type Session } from '../connection/session';
import type { CallRequest } from './call-input';
import { referenceIn } from '../variables/call-reference';
import type { SkipRule } from './skip-rule';
import { CLOCK_SKEW_MS, MAX_SKIP_SEARCH_MS } from './time-limits';

const MAX_PAGES = 50;

/**
 * The newest run with this reference to this number within the window, if there is one. It may be running, finished,
 * busy, unanswered or failed. Only a run that failed before a phone was dialed does not count.
 * @throws DograhError if the check fails; then the call is not placed
 */
export async function findEarlierCall(
  call: CallRequest,
  rule: SkipRule,
  session: Session,
): Promise<CallResult | undefined> {
  const search = limitedTo(MAX_SKIP_SEARCH_MS, session);
  try {
    const earlier = await findNewestCall(call, rule, search);
    return earlier && skippedFor(resultOfListedRun(earlier, call));
  } catch (error) {
    if (!(error instanceof DograhError) || error.kind === 'Cancelled') throw error;
    throw error.within(
      `The check for an earlier call to ${call.phoneNumber} failed`,
      'This number was not dialed.',
    );
  }
}

async function findNewestCall(
  { phoneNumber }: CallRequest,
  { reference, windowMs }: SkipRule,
  session: Session,
): Promise<ListedRun | undefined> {
  const query = { filters: [byCalledNumber(searchTerm(phoneNumber))] };
  for await (const { runs, now } of pagesOfRuns(query, MAX_PAGES, session)) {
    // Without a time from Dograh, our clock is used, which may be wrong.
    const since = (now ?? session.clock.now() - CLOCK_SKEW_MS) - windowMs;
    for (const run of runs) {
      if (run.createdAt !== null && run.createdAt < since) return undefined;
      if (mayBeTo(phoneNumber, run) && isCall(run) && hasReference(reference, run)) return run;
    }
  }
  return undefined;
}

function isCall(run: ListedRun): boolean {
  return !failedBeforeDialing(run);
}

/** @throws ContractError if the list does not show the run's context */
function hasReference(reference: string, run: ListedRun): boolean {
  if (run.initialContext !== null) return referenceIn(run.initialContext) === reference;
  throw new ContractError({
    message: `Dograh lists run ${run.id} to this number without its context, so its Call Reference is not known.`,
    hint: 'Check that run in the Dograh dashboard. To call anyway, leave Skip If Called Within empty.',
  });
}
