import type { Session } from '../connection/session';
import { isSameNumber } from '../input/same-number';
import type { RunResult } from '../runs/call-result';
import { readPageOfRuns } from '../runs/list-runs';
import { resultOfListedRun, type ListedRun } from '../runs/listed-run';
import { readListedRun } from '../runs/read-run';
import { byId } from '../runs/run-filters';
import { CALL_REQUEST_ID } from '../variables/reserved-names';
import type { CallRequest } from './call-input';

/** What a host stores of a placed call. */
export interface PlacedRun {
  readonly runId: number;
  readonly runName: string | null;
  /** The ID of the request that placed it. */
  readonly callRequestId: string;
}

/**
 * The run of a placed call as it is now. Each Dograh counts its runs from 1, so another Dograh can have another run
 * with the same ID. Number and request ID show whether the run is this call.
 * @returns undefined if this Dograh has no such run, or if the run is another call
 */
export async function readPlacedRun(
  placed: PlacedRun,
  call: CallRequest,
  session: Session,
): Promise<RunResult | undefined> {
  const { runs } = await readPageOfRuns({ filters: [byId(placed.runId)] }, 1, session);
  const found = runs.find((run) => isRunOf(placed, call, run));
  if (found === undefined) return undefined;
  if (found.disposition !== null) return resultOfListedRun(found, call);
  const { run, state } = await readListedRun(found, session);
  return resultOfListedRun(run, call, state);
}

function isRunOf(
  { runId, callRequestId }: PlacedRun,
  { phoneNumber }: CallRequest,
  { id, calledNumber, initialContext }: ListedRun,
): boolean {
  if (id !== runId || initialContext?.[CALL_REQUEST_ID] !== callRequestId) return false;
  return calledNumber === null || isSameNumber(calledNumber, phoneNumber);
}
