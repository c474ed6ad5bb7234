import { isRecord, type Fields } from '../transport/answer';
import { parseState, storeState, type OwnedState, type StoredPollState } from './poll-state';

/**
 * What a host stores between two polls: the state of the organization that was polled last, and beside it those of
 * other organizations. Its keys must never change: stored data has them.
 */
export interface StoredPollStates extends StoredPollState {
  readonly version: typeof VERSION;
  readonly revision: number;
  /** The last used one first. Missing if there is none. */
  readonly others?: readonly StoredPollState[];
}

/** The last used state first. */
export interface PollStates {
  readonly states: readonly OwnedState[];
  /** Grows with every change of any state. Undefined if nothing is stored. */
  readonly revision: number | undefined;
}

const VERSION = 1;
/** Each busy organization may need 50 kB. */
const MAX_STATES = 5;

/** @param states at least one. Of too many, those that were not used for the longest time are dropped. */
export function storeStates(states: readonly OwnedState[], revision: number): StoredPollStates {
  const [current, ...others] = states.slice(0, MAX_STATES).map(storeState);
  if (current === undefined) throw new Error('There is no state.');
  return { version: VERSION, revision, ...current, ...(others.length > 0 ? { others } : {}) };
}

/** Without states that cannot be read. */
export function parseStates(stored: unknown): PollStates {
  const fields: Fields<StoredPollStates> = isRecord(stored) ? stored : {};
  const { version, revision, others } = fields;
  if (version !== VERSION || !isRevision(revision)) return { states: [], revision: undefined };
  const all = [stored].concat(Array.isArray(others) ? others : []);
  return { states: all.map(parseState).filter((state) => state !== undefined), revision };
}

export function areSame(some: readonly OwnedState[], others: readonly OwnedState[]): boolean {
  return JSON.stringify(some.map(storeState)) === JSON.stringify(others.map(storeState));
}

function isRevision(value: unknown): value is number {
  return Number.isSafeInteger(value);
}
