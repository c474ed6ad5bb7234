import { normalizedNumber, type PreparedCall } from '@dograh/shared';

/** The items of a run of the node by number, in order. An item with invalid input is left out. */
export type ItemsByNumber = ReadonlyMap<string, readonly ItemOfRun[]>;

export interface ItemOfRun {
  readonly index: number;
  readonly call: PreparedCall;
}

/** @param callOf the call of an item; undefined if its input is invalid */
export function itemsByNumber(
  itemCount: number,
  callOf: (itemIndex: number) => PreparedCall | undefined,
): ItemsByNumber {
  const groups = new Map<string, ItemOfRun[]>();
  for (let index = 0; index < itemCount; index += 1) {
    const call = callOf(index);
    if (call === undefined) continue;
    const number = normalizedNumber(call.phoneNumber);
    const group = groups.get(number);
    if (group === undefined) groups.set(number, [{ index, call }]);
    else group.push({ index, call });
  }
  return groups;
}

/** What an earlier call has in common with an item with the same number. */
export interface Likeness {
  readonly variables: boolean;
  readonly place: boolean;
}

/** Between two attempts, a person can edit the variables, and the items can change their order. */
const BEST_FIRST: readonly Likeness[] = [
  { variables: true, place: true },
  { variables: true, place: false },
  { variables: false, place: true },
  { variables: false, place: false },
];

/**
 * Gives each earlier call to at most one item with the same number, and each item at most one call.
 * @param calls to this number, the preferred ones first
 * @returns by item index
 */
export function assignCalls<T>(
  calls: readonly T[],
  items: readonly ItemOfRun[],
  likenessOf: (call: T, item: ItemOfRun) => Likeness,
): ReadonlyMap<number, T> {
  const assigned = new Map<number, T>();
  const left = [...calls];
  for (const wanted of BEST_FIRST) {
    for (const item of items) {
      if (assigned.has(item.index)) continue;
      const position = left.findIndex((call) => {
        const { variables, place } = likenessOf(call, item);
        return variables === wanted.variables && place === wanted.place;
      });
      const [call] = position < 0 ? [] : left.splice(position, 1);
      if (call !== undefined) assigned.set(item.index, call);
    }
  }
  return assigned;
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
