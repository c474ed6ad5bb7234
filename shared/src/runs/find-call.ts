import { inputError } from '../errors/input-error';
import type { Session } from '../connection/session';
import type { CallResult } from './call-result';
import { findListedRuns } from './find-runs';
import { resultOfListedRun } from './listed-run';
import { readMore } from './read-run';
import { parseRunSearch, type RunSearch, type RunSearchInput } from './run-search';

/** By what one call can be known. All that is given holds. */
export type CallSearchInput = Pick<
  RunSearchInput,
  'runId' | 'phoneNumber' | 'callReference' | 'agentUuid'
>;

/** @throws InvalidInputError, also where nothing is given: the newest call of all is hardly the one that is meant */
export function parseCallSearch(input: CallSearchInput): RunSearch {
  const { runId, phoneNumber, callReference, agentUuid } = input;
  const search = parseRunSearch({ runId, phoneNumber, callReference, agentUuid, limit: 1 });
  const isEmpty = [search.runId, search.phoneNumber, search.callReference, search.agentUuid].every(
    (known) => known === undefined,
  );
  if (!isEmpty) return search;
  throw inputError(
    'Nothing is given to find a call by.',
    'Fill in at least one of the run ID, the phone number, the call reference and the agent. A value from an earlier step may be empty.',
  );
}

/**
 * The newest run that fits, with everything that Dograh knows of it; undefined where there is none.
 * @throws NotFoundError for an agent that is not there; DograhError
 */
export async function findCall(
  search: RunSearch,
  session: Session,
): Promise<CallResult | undefined> {
  for await (const found of findListedRuns(search, session)) {
    const { run, isCompleted } = await readMore(found, session);
    return resultOfListedRun(run, undefined, isCompleted);
  }
  return undefined;
}
