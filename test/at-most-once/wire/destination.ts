/** A server that records what it really read of a request. */
export interface Destination {
  readonly url: string;
  /** Resolves when nothing more happens there until the sender gives up. */
  readonly done: Promise<void>;
  /** Reads on until the sender has let go, or for a minute; then tells all that was ever read. */
  account(): Promise<Account>;
  stop(): Promise<void>;
}

export interface Account {
  readonly connections: number;
  /** Connections on which at least a part of a request was read. */
  readonly requests: number;
  /** How much of the request was read. If there were several, of the most complete one. */
  readonly read: Read;
  /** Whether the sender has closed all connections, so that it can send nothing more. */
  readonly letGo: boolean;
}

export type Read = 'nothing' | 'part' | 'whole';

/** An address at which no server listens. */
export function nobodyAt(url: string): Destination {
  return {
    url,
    done: Promise.resolve(),
    account: () =>
      Promise.resolve({ connections: 0, requests: 0, read: 'nothing' as const, letGo: true }),
    stop: () => Promise.resolve(),
  };
}
