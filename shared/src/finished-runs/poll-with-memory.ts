import type { Session } from '../connection/session';
import { findOwnState } from './find-own-state';
import { onePollAtATime } from './one-poll-at-a-time';
import {
  areSame,
  parseStates,
  storeStates,
  type StateFormat,
  type StoredStates,
} from './stored-states';

/** Where a host stores the states between two polls. */
export interface PollMemory {
  /** The last written states. Anything else means that there are none. */
  read(): unknown;
  write(states: StoredStates): void;
}

export interface Poller {
  /** Identifies the memory within this process. */
  readonly poller: string;
  readonly memory: PollMemory;
}

export interface Polled<State, Result> {
  readonly state: State;
  readonly results: readonly Result[];
}

/**
 * A poll that continues where the last one with this memory stopped. A poll that throws changes nothing. Each
 * organization has its own state. So another API key neither mixes results nor loses those of the key before it.
 * @param poll gets the state of the session's organization; undefined for the first poll
 * @returns no results while another poll with the same memory is running
 */
export async function pollWithMemory<State, Result>(
  { poller, memory }: Poller,
  format: StateFormat<State>,
  poll: (before: State | undefined) => Promise<Polled<State, Result>>,
  session: Session,
): Promise<readonly Result[]> {
  const found = await onePollAtATime(
    poller,
    session.clock,
    () => parseStates(memory.read(), format).revision,
    async () => {
      const { states, revision = 0 } = parseStates(memory.read(), format);
      const { owner, stored } = await findOwnState(states, session);
      const { state, results } = await poll(stored?.state);
      const next = [{ owner, state }, ...states.filter((other) => other !== stored)];
      if (!areSame(states, next, format)) memory.write(storeStates(next, revision + 1, format));
      return results;
    },
  );
  return found ?? [];
}
