import type { JsonObject } from '../variables/json-value';
import { ContractError, DograhError } from '../errors/dograh-error';
import { quote } from '../errors/quote';
import { inputError } from '../errors/input-error';
import { searchTerm } from '../input/same-number';
import type { CallResult } from '../runs/call-result';
import { failedBeforeDialling } from '../runs/failed-before-dialing';
import { calledNumber, pagesOfRuns } from '../runs/list-runs';
import { resultOfListedRun, type ListedRun } from '../runs/listed-run';
import { limitedTo, type Session } from '../connection/session';
import type { CallRequest } from './call-input';
import { referenceIn } from '../variables/call-reference';
import { mayBeTo } from './is-to';
import { CLOCK_SKEW_MS, MAX_SEARCH_MS } from './time-limits';

const HOUR_MS = 3_600_000;
const MAX_HOURS = 24 * 366;
const MAX_PAGES = 50;

/** "Once for this reference": within the window, a second call to the same number is not placed. */
export interface SkipRule {
  readonly reference: string;
  readonly windowMs: number;
}

/** @throws InvalidInputError for what is no time, and where no reference says which calls are the same */
export function parseSkipRule(hours: unknown, context: JsonObject): SkipRule | undefined {
  const given = typeof hours === 'string' ? hours.trim() : hours;
  if (given === undefined || given === null || given === '') return undefined;
  const value = typeof given === 'string' ? Number(given) : given;
  if (value === 0) return undefined;
  if (typeof value !== 'number' || !(value > 0 && value <= MAX_HOURS)) {
    throw inputError(
      `${quote(hours)} is not a number of hours in which a call is not to be repeated.`,
      `Use more than 0 and at most ${MAX_HOURS}, or leave the field empty.`,
    );
  }
  const reference = referenceIn(context);
  if (reference === undefined) {
    throw inputError(
      'Skip If Called Within needs a Call Reference, which tells the calls that are the same.',
      'Fill in the Call Reference, e.g. with the ID of the record in your CRM.',
    );
  }
  return { reference, windowMs: value * HOUR_MS };
}

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
