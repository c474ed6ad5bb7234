import { normalizedNumber, type PreparedCall } from '@dograh/shared';
import type { StoredCall } from './call-memory';

/** One item of a retry. */
interface Item {
  readonly index: number;
  readonly number: string;
  readonly variables: string;
}

/** Whether an earlier call may belong to an item with the same number, from the best match to the weakest. */
const MATCHES: readonly ((call: StoredCall, item: Item) => boolean)[] = [
  (call, item) => call.variables === item.variables && call.item === item.index,
  (call, item) => call.variables === item.variables,
  (call, item) => call.item === item.index,
  () => true,
];

/**
 * Gives each call of earlier attempts to one item with the same number. Between two attempts, a person can edit numbers
 * and variables, and the items can change their order.
 * @param callOf the call of an item; undefined if its input is invalid
 * @returns by item index
 */
export function assignCalls(given: {
  readonly calls: readonly StoredCall[];
  readonly itemCount: number;
  readonly callOf: (itemIndex: number) => PreparedCall | undefined;
}): ReadonlyMap<number, StoredCall> {
  const { calls, itemCount, callOf } = given;
  const assigned = new Map<number, StoredCall>();
  if (calls.length === 0) return assigned;
  const left = byNumber(calls);
  const items = Array.from({ length: itemCount }, (_, index) => toItem(index, callOf(index)));
  for (const isMatch of MATCHES) {
    for (const item of items) {
      if (item === undefined || assigned.has(item.index)) continue;
      const candidates = left.get(item.number) ?? [];
      const position = candidates.findIndex((call) => isMatch(call, item));
      const [call] = position < 0 ? [] : candidates.splice(position, 1);
      if (call !== undefined) assigned.set(item.index, call);
    }
  }
  return assigned;
}

/** Placed calls before unclear ones, because they certainly exist. */
function byNumber(calls: readonly StoredCall[]): Map<string, StoredCall[]> {
  const groups = new Map<string, StoredCall[]>();
  const isPlaced = ({ runId }: StoredCall): boolean => runId !== undefined;
  for (const call of [...calls.filter(isPlaced), ...calls.filter((one) => !isPlaced(one))]) {
    const number = normalizedNumber(call.number);
    const group = groups.get(number);
    if (group === undefined) groups.set(number, [call]);
    else group.push(call);
  }
  return groups;
}

function toItem(index: number, call: PreparedCall | undefined): Item | undefined {
  if (call === undefined) return undefined;
  return { index, number: normalizedNumber(call.phoneNumber), variables: variablesMark(call) };
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** A short text for the variables of a call (FNV-1a). Different variables may, very rarely, have the same one. */
export function variablesMark({ request }: PreparedCall): string {
  let hash = FNV_OFFSET;
  for (const character of JSON.stringify(request.initialContext)) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), FNV_PRIME);
  }
  return (hash >>> 0).toString(36);
}
