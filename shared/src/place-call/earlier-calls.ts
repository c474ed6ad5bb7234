import { ContractError, DograhError } from '../errors/dograh-error';
import { searchTerm } from '../input/same-number';
import { skippedFor, type CallResult } from '../runs/call-result';
import { failedBeforeDialing } from '../runs/failed-before-dialing';
import { pagesOfRuns } from '../runs/list-runs';
import { byCalledNumber } from '../runs/run-filters';
import { mayBeTo, resultOfListedRun, type ListedRun } from '../runs/listed-run';
import { limitedTo, type Session } from '../connection/session';
import { referenceIn } from '../variables/call-reference';
import type { JsonObject } from '../variables/json-value';
import { CALL_REQUEST_ID } from '../variables/reserved-names';
import type { CallRequest } from './call-input';
import type { SkipRule } from './skip-rule';
import { CLOCK_SKEW_MS, MAX_SKIP_SEARCH_MS } from './time-limits';

const MAX_PAGES = 50;

/** Whether a run is an earlier attempt at a call. The newest certain one counts, otherwise the oldest possible one. */
export type EarlierMatch = 'certain' | 'possible' | 'no';

/** Earlier requests of a host for the same call. It finds them by the IDs that it gave them. */
export interface EarlierRequests {
  /** How far to search back, in milliseconds. */
  readonly windowMs: number;
  /** Compares the ID of the request that placed a run to the called number. */
  readonly match: (callRequestId: string) => EarlierMatch;
  /** Calls to a number with the same text wait for each other, and share the result. Default: they do not. */
  readonly sharedBy?: string | undefined;
}

/** Which earlier runs to the number of a call mean that it is not placed again. */
export interface EarlierCalls {
  readonly windowMs: number;
  /** What identifies the same call in the context of a run, for messages. */
  readonly label: string;
  /** How to place the call anyway. */
  readonly remedy: string;
  readonly match: (context: JsonObject) => EarlierMatch;
}

/** The runs with the Call Reference of this call. */
export function withReference({ reference, windowMs }: SkipRule): EarlierCalls {
  const match: EarlierCalls['match'] = (context) =>
    referenceIn(context) === reference ? 'certain' : 'no';
  const remedy = 'To call anyway, leave Skip If Called Within empty.';
  return { windowMs, label: 'Call Reference', remedy, match };
}

/** The runs of these requests. */
export function ofRequests({ windowMs, match }: EarlierRequests): EarlierCalls {
  return {
    windowMs,
    label: 'request',
    remedy: 'To call anyway, start a new execution.',
    match: ({ [CALL_REQUEST_ID]: id }) => (typeof id === 'string' ? match(id) : 'no'),
  };
}

/**
 * The earlier call, if there is one. It may be running, finished, busy, unanswered or failed. Only a run that
 * failed before a phone was dialed does not count. One search serves all rules.
 * @throws DograhError if the check fails; then the call is not placed
 */
export async function findEarlierCall(
  call: CallRequest,
  rules: readonly EarlierCalls[],
  session: Session,
): Promise<CallResult | undefined> {
  const search = limitedTo(MAX_SKIP_SEARCH_MS, session);
  try {
    const earlier = await findRun(call, rules, search);
    return earlier && skippedFor(resultOfListedRun(earlier, call));
  } catch (error) {
    if (!(error instanceof DograhError) || error.kind === 'Cancelled') throw error;
    throw error.within(
      `The check for an earlier call to ${call.phoneNumber} failed`,
      'This number was not dialed.',
    );
  }
}

async function findRun(
  { phoneNumber }: CallRequest,
  rules: readonly EarlierCalls[],
  session: Session,
): Promise<ListedRun | undefined> {
  const query = { filters: [byCalledNumber(searchTerm(phoneNumber))] };
  const longest = Math.max(...rules.map(({ windowMs }) => windowMs));
  let possible: ListedRun | undefined;
  for await (const { runs, now } of pagesOfRuns(query, MAX_PAGES, session)) {
    // Without a time from Dograh, our clock is used, which may be wrong.
    const latest = now ?? session.clock.now() - CLOCK_SKEW_MS;
    const isWithin = ({ createdAt }: ListedRun, windowMs: number): boolean =>
      createdAt === null || createdAt >= latest - windowMs;
    for (const run of runs) {
      if (!isWithin(run, longest)) return possible;
      if (!mayBeTo(phoneNumber, run) || failedBeforeDialing(run)) continue;
      const matches = rules
        .filter(({ windowMs }) => isWithin(run, windowMs))
        .map((rule) => matchOf(rule, run));
      if (matches.includes('certain')) return run;
      if (matches.includes('possible')) possible = run;
    }
  }
  return possible;
}

/** @throws ContractError if the list does not show the run's context */
function matchOf(
  { match, label, remedy }: EarlierCalls,
  { id, initialContext }: ListedRun,
): EarlierMatch {
  if (initialContext !== null) return match(initialContext);
  throw new ContractError({
    message: `Dograh lists run ${id} to this number without its context, so its ${label} is not known.`,
    hint: `Check that run in the Dograh dashboard. ${remedy}`,
  });
}
