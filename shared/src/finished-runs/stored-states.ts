import { isRecord, type Fields } from '../transport/answer';

/** The organization that the IDs in a state belong to. */
export interface StateOwner {
  /** The Dograh. */
  readonly source: string;
  /** The ID of the organization. Null if Dograh does not tell it. Older states do not have it. */
  readonly organization?: number | null | undefined;
  /** The fingerprint of the API key that was last used. Older states do not have it. */
  readonly key?: string | undefined;
}

/** What the polls know of one organization. */
export interface OwnedState<State> {
  readonly owner: StateOwner;
  readonly state: State;
}

/** How a state is stored as plain JSON. */
export interface StateFormat<State> {
  readonly store: (state: State) => object;
  /** Undefined if it cannot be read. */
  readonly parse: (stored: Record<string, unknown>) => State | undefined;
}

/**
 * What a host stores between two polls: the state of the organization that was polled last, and beside it those of
 * other organizations. Its keys must never change: stored data has them.
 */
export interface StoredStates extends StateOwner {
  readonly version: typeof VERSION;
  readonly revision: number;
  /** The last used one first. Missing if there is none. */
  readonly others?: readonly StateOwner[];
}

/** The last used state first. */
export interface PollStates<State> {
  readonly states: readonly OwnedState<State>[];
  /** Grows with every change of any state. Undefined if nothing is stored. */
  readonly revision: number | undefined;
}

const VERSION = 1;
/** Each busy organization may need 50 kB. */
const MAX_STATES = 5;

/** @param states at least one. Of too many, those that were not used for the longest time are dropped. */
export function storeStates<State>(
  states: readonly OwnedState<State>[],
  revision: number,
  format: StateFormat<State>,
): StoredStates {
  const [current, ...others] = states.slice(0, MAX_STATES).map((one) => storeState(one, format));
  if (current === undefined) throw new Error('There is no state.');
  return { version: VERSION, revision, ...current, ...(others.length > 0 ? { others } : {}) };
}

/** Without states that cannot be read. */
export function parseStates<State>(stored: unknown, format: StateFormat<State>): PollStates<State> {
  const fields: Fields<StoredStates> = isRecord(stored) ? stored : {};
  const { version, revision, others } = fields;
  if (version !== VERSION || !isRevision(revision)) return { states: [], revision: undefined };
  const all = [stored].concat(Array.isArray(others) ? others : []);
  const states = all.map((one) => parseState(one, format)).filter((state) => state !== undefined);
  return { states, revision };
}

export function areSame<State>(
  some: readonly OwnedState<State>[],
  others: readonly OwnedState<State>[],
  format: StateFormat<State>,
): boolean {
  const textOf = (states: readonly OwnedState<State>[]): string =>
    JSON.stringify(states.map((state) => storeState(state, format)));
  return textOf(some) === textOf(others);
}

function storeState<State>(
  { owner, state }: OwnedState<State>,
  { store }: StateFormat<State>,
): StateOwner {
  return { ...owner, ...store(state) };
}

function parseState<State>(
  stored: unknown,
  { parse }: StateFormat<State>,
): OwnedState<State> | undefined {
  if (!isRecord(stored)) return undefined;
  const { source }: Fields<StateOwner> = stored;
  const state = parse(stored);
  if (typeof source !== 'string' || state === undefined) return undefined;
  return { owner: { source, ...parseOrganization(stored) }, state };
}

function parseOrganization({
  organization,
  key,
}: Fields<StateOwner>): Pick<StateOwner, 'organization' | 'key'> {
  const isValid = organization === null || typeof organization === 'number';
  return isValid && typeof key === 'string' ? { organization, key } : {};
}

function isRevision(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
