/**
 * Sets the date of this process, which both hosts and the simulator use. Time continues from there. After a wait of the
 * client for the calling hours, the time has passed at once.
 */
export function setDate(start: string): HostDate {
  const realNow = Date.now;
  const { setTimeout: realTimeout } = globalThis;
  const waits: Promise<void>[] = [];
  let ahead = Date.parse(start) - realNow();
  let gate: Promise<unknown> = Promise.resolve();
  const now = jest.spyOn(Date, 'now').mockImplementation(() => realNow() + ahead);
  const timeout = (action: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): unknown => {
    if (ms <= MIN_WAIT_MS || ms > MAX_WAIT_MS) return realTimeout(action, ms, ...given);
    waits.push(
      gate.then(() => {
        ahead += ms;
        action(...given);
      }),
    );
    return undefined;
  };
  globalThis.setTimeout = Object.assign(timeout as typeof setTimeout, realTimeout);
  return {
    waits: () => waits.length,
    holdWaitsUntil: (event) => {
      gate = event;
    },
    restore: () => {
      now.mockRestore();
      globalThis.setTimeout = realTimeout;
    },
  };
}

export interface HostDate {
  /** How many waits there were. */
  waits(): number;
  /** Later waits do not end before this. */
  holdWaitsUntil(event: Promise<unknown>): void;
  restore(): void;
}

/** The client waits a minute at a time. A time limit of a request is 30 seconds. */
const MIN_WAIT_MS = 30_000;
const MAX_WAIT_MS = 60_000;
