import { inputError } from '../errors/input-error';
import type { Session } from '../connection/session';
import type { RunResult } from './call-result';
import { findListedRuns } from './find-runs';
import { resultOfListedRun } from './listed-run';
import { readListedRun } from './read-run';
import { parseRunSearch, type RunSearch, type RunSearchInput } from './run-search';

/** What identifies a call. The call must match all given values. */
export type CallSearchInput = Pick<
  RunSearchInput,
  'runId' | 'phoneNumber' | 'phoneNumberRules' | 'callReference' | 'agentUuid' | 'includeWebAndChat'
>;

/** @throws InvalidInputError, also if all fields are empty: the newest call of all is rarely meant */
export function parseCallSearch(input: CallSearchInput): RunSearch {
  const search = parseRunSearch({ ...input, limit: 1 });
  const isEmpty = [search.runId, search.phoneNumber, search.callReference, search.agentUuid].every(
    (known) => known === undefined,
  );
  if (!isEmpty) return search;
  throw inputError(
    'Run ID, Phone Number, Call Reference and Agent are all empty.',
    'Fill in at least one of them. A value from an earlier step may be empty.',
  );
}

/**
 * The newest run that matches, with all its data; undefined if there is none.
 * @throws NotFoundError if there is no such agent; DograhError
 */
export async function findCall(
  search: RunSearch,
  session: Session,
): Promise<RunResult | undefined> {
  for await (const found of findListedRuns(search, session)) {
    const { run, state } = await readListedRun(found, session);
    return resultOfListedRun(run, undefined, state);
  }
  return undefined;
}
