/** Somewhere to send a request to, that knows better than the sender what became of it. */
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
  /** How much of the request was read; of the most complete one, had there been several. */
  readonly read: Read;
  /** Whether the sender has closed every connection, so that nothing can be sent any more. */
  readonly letGo: boolean;
}

export type Read = 'nothing' | 'part' | 'whole';

/** An address at which there is nobody who could read anything. */
export function nobodyAt(url: string): Destination {
  return {
    url,
    done: Promise.resolve(),
    account: () =>
      Promise.resolve({ connections: 0, requests: 0, read: 'nothing' as const, letGo: true }),
    stop: () => Promise.resolve(),
  };
}
