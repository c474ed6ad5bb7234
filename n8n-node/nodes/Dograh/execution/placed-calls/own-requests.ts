import type { EarlierRequests, FoundRequest, PreparedCall } from '@dograh/shared';
import { n8nClock } from '../../../host/clock';
import { assignCalls, type ItemOfRun } from './assign-calls';
import type { CallMemory } from './call-memory';
import type { RequestIds } from './request-ids';

/** A wrong clock of n8n may have been corrected since the start. */
const CLOCK_MARGIN_MS = 24 * 60 * 60_000;
/** A client of the MCP Server Trigger that gets no response in time repeats its request within minutes. */
const MCP_WINDOW_MS = 10 * 60_000;

interface Retry {
  readonly ids: RequestIds;
  readonly memory: CallMemory;
  readonly nodeName: string;
  readonly runIndex: number;
}

/**
 * The requests of earlier attempts whose calls are not stored, because n8n was killed, or because the person retries an
 * older execution again. Undefined if n8n does not tell when the first attempt started.
 * @param items the items with the same number that have no call yet
 */
export function lostRequests(
  retry: Retry,
  itemIndex: number,
  items: readonly ItemOfRun[],
): EarlierRequests | undefined {
  const { ids, memory, nodeName, runIndex } = retry;
  const choose = (found: readonly FoundRequest[]): FoundRequest | undefined =>
    assignCalls(found.toReversed(), items, ({ callRequestId, context }, { index, call }) => ({
      variables: hasVariables(context, call),
      place: ids.isOfPlace(callRequestId, { run: runIndex, item: index }),
    })).get(itemIndex);
  // n8n took the output of that run. It repeats only a run that it counts as the current one.
  const isOver = (callRequestId: string): boolean => {
    const { run, attempt } = ids.originOf(callRequestId);
    const ended = memory.endedRunOf(attempt);
    if (ended === undefined || run > ended.run) return false;
    return run !== runIndex || ended.name !== nodeName;
  };
  return searchFor(retry, (id) => !isOver(id), choose);
}

/** The same for a tool: the oldest one, because all requests of a model for a number are alike. */
export function lostRequestsOfTool(retry: Retry): EarlierRequests | undefined {
  return searchFor(
    retry,
    () => true,
    (found) => found.at(-1),
  );
}

/** The requests of this node in the last minutes, in any execution. */
export function recentRequests(ids: RequestIds): EarlierRequests {
  return {
    windowMs: MCP_WINDOW_MS,
    includes: (callRequestId) => ids.isOfNode(callRequestId),
    sharedBy: ids.node,
  };
}

function searchFor(
  { ids, memory }: Retry,
  isPossible: (callRequestId: string) => boolean,
  choose: NonNullable<EarlierRequests['choose']>,
): EarlierRequests | undefined {
  if (ids.startedAt === undefined) return undefined;
  const isStored = (id: string): boolean => memory.calls.some(({ request }) => request === id);
  return {
    windowMs: Math.abs(n8nClock.now() - ids.startedAt) + CLOCK_MARGIN_MS,
    includes: (id) => ids.isOfExecution(id) && !isStored(id) && isPossible(id),
    choose,
  };
}

/** Dograh adds values of its own to the context. */
function hasVariables(context: FoundRequest['context'], { request }: PreparedCall): boolean {
  return Object.entries(request.initialContext).every(
    ([name, value]) => JSON.stringify(context[name]) === JSON.stringify(value),
  );
}
