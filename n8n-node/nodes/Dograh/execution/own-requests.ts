import {
  normalizedNumber,
  type EarlierMatch,
  type EarlierRequests,
  type PreparedCall,
} from '@dograh/shared';
import { n8nClock } from '../../host/clock';
import type { CallMemory } from './call-memory';
import type { RequestIds } from './request-ids';

/** How far n8n's clock and Dograh's clock may differ. */
const CLOCK_MARGIN_MS = 5 * 60_000;
/** A client of the MCP Server Trigger that gets no response in time repeats its request within minutes. */
const MCP_WINDOW_MS = 10 * 60_000;

/** A call of a retry, and what the node remembers. */
interface CallOfRetry {
  readonly memory: CallMemory;
  readonly runIndex: number;
  readonly isTool: boolean;
  readonly itemIndex: number;
  readonly call: PreparedCall;
  readonly callOf: (itemIndex: number) => PreparedCall | undefined;
}

/**
 * The requests of earlier attempts whose calls are not stored, because n8n was killed, or because the person retries an
 * older execution again. Undefined if n8n does not tell when the first attempt started.
 */
export function lostRequests(
  ids: RequestIds,
  { memory, runIndex, isTool, itemIndex, call, callOf }: CallOfRetry,
): EarlierRequests | undefined {
  if (ids.startedAt === undefined) return undefined;
  const number = normalizedNumber(call.phoneNumber);
  const match = (callRequestId: string): EarlierMatch => {
    const isStored = memory.calls.some(({ request }) => request === callRequestId);
    if (isStored || !ids.isOfExecution(callRequestId)) return 'no';
    if (isTool) return 'possible';
    const caller = ids.itemOf(callRequestId, runIndex);
    // The other runs of the node are over. After a crash, n8n starts again and may count them in another way.
    if (caller === undefined) return memory.mayHaveLostCalls ? 'possible' : 'no';
    if (caller === itemIndex) return 'certain';
    const other = callOf(caller)?.phoneNumber;
    // Another item with the same number gets its own call.
    return other !== undefined && normalizedNumber(other) === number ? 'no' : 'possible';
  };
  return { windowMs: n8nClock.now() - ids.startedAt + CLOCK_MARGIN_MS, match };
}

/** The requests of this node in the last minutes, in any execution. */
export function recentRequests(ids: RequestIds): EarlierRequests {
  const match = (callRequestId: string): EarlierMatch =>
    ids.isOfNode(callRequestId) ? 'certain' : 'no';
  return { windowMs: MCP_WINDOW_MS, match, sharedBy: ids.node };
}
