import { CancelledError, ConcurrencyLimitError, DograhError } from '../errors/dograh-error';
import { said } from '../transport/answer';
import type { RunResult } from '../runs/call-result';
import type { Clock } from '../transport/clock';
import type { Session } from '../connection/session';
import { toMinutes } from '../input/duration';

const FIRST_PAUSE_MS = 250;
const MIN_PAUSE_MS = 25;
const MAX_PAUSE_MS = 30_000;
/** After a pause without a free call slot. With 2, a slot could stay free for up to half the time. */
const LONGER_PAUSE_FACTOR = 1.4;
/** If more calls than this are accepted in a row, the next pause is shorter. */
const MAX_ACCEPTED_PER_PAUSE = 2.5;
const MIN_PAUSE_FACTOR = 0.5;
/** After this many calls accepted in a row, one more request may be open at the same time. */
const ACCEPTED_PER_OPEN_REQUEST = 12;
/** Dograh rejects a call at once. A request that is open for longer does not block the queue. */
const MAX_BLOCKED_MS = 200;

/** The queues of this process that are not empty, by the sessions' scope. */
const queues = new Map<string, ConcurrencyQueue>();

export interface QueuedCall {
  /** Places the call, or finds the call that was placed before. */
  readonly attempt: () => Promise<RunResult>;
  /**
   * Checks what needs no free call slot, so that no call waits in vain. Finds the call that was placed before, or
   * throws if the call must not be placed. `attempt` checks again, because much can happen during the wait.
   */
  readonly checkFirst?: () => Promise<RunResult | undefined>;
}

/**
 * Places a call. At Dograh's concurrency limit, the call waits for a free call slot.
 *
 * After a rejection, all calls of this process to the same Dograh with the same key wait in one queue. The first one
 * makes the next attempt: at once after an accepted call, because another slot may be free, and after a pause after a
 * rejection. A pause is longer if no slot became free in the last one, and shorter if several did. So short and long
 * calls get their slots soon, with few rejected requests. A call whose time is over makes a last attempt.
 * @param maxWaitMs how long the call may wait; with 0, the rejection is thrown as it is
 * @throws ConcurrencyLimitError, CancelledError, and errors of the attempt
 */
export async function placeInQueue(
  { attempt, checkFirst }: QueuedCall,
  session: Session,
  maxWaitMs: number,
): Promise<RunResult> {
  if (maxWaitMs <= 0) return attempt();
  const { clock, scope } = session;
  const deadline = { until: clock.now() + maxWaitMs, maxWaitMs };
  if (queues.has(scope)) {
    const earlier = await checkFirst?.();
    if (earlier !== undefined) return earlier;
  }
  if (!queues.has(scope)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isConcurrencyLimit(error)) throw error;
      if (clock.now() >= deadline.until) throw stillAtLimitError(error, deadline);
    }
  }
  const queue = queues.get(scope) ?? new ConcurrencyQueue(() => queues.delete(scope));
  queues.set(scope, queue);
  return queue.join(attempt, session, deadline);
}

interface QueueDeadline {
  /** By the session's clock. */
  readonly until: number;
  readonly maxWaitMs: number;
}

/** A call in the queue that waits for its next attempt, or makes it. */
interface Entry extends QueueDeadline {
  /** Given when the call joins. After a rejection, the call returns to this position. */
  readonly position: number;
  readonly start: () => void;
  /** The queue's round when the attempt started. A rejection begins the next round. */
  round: number;
  isWatched: boolean;
}

class ConcurrencyQueue {
  readonly #waiting: Entry[] = [];
  /** Attempts whose responses the next one waits for. */
  readonly #attempting = new Set<Entry>();
  #calls = 0;
  #lastPosition = 0;
  #round = 0;
  #acceptedInRow = 0;
  /** True from a rejection until the end of the pause, and at the start. */
  #mustPause = true;
  #pauseMs = FIRST_PAUSE_MS;
  #pause: { readonly ends: number; readonly cut: AbortController } | undefined;

  constructor(private readonly close: () => void) {}

  async join(
    attempt: () => Promise<RunResult>,
    session: Session,
    deadline: QueueDeadline,
  ): Promise<RunResult> {
    const { clock } = session;
    const position = (this.#lastPosition += 1);
    this.#calls += 1;
    try {
      for (;;) {
        const entry = await this.#waitForTurn(position, session, deadline);
        try {
          const result = await attempt();
          // A call that was placed before took no slot.
          if (!result.skipped) this.#acceptedInRow += 1;
          return result;
        } catch (error) {
          if (!isConcurrencyLimit(error)) throw error;
          this.#rejected(entry);
          if (clock.now() >= deadline.until) throw stillAtLimitError(error, deadline);
        } finally {
          this.#attempting.delete(entry);
        }
      }
    } finally {
      this.#calls -= 1;
      this.#next(clock);
      if (this.#calls === 0) {
        this.#pause?.cut.abort();
        this.close();
      }
    }
  }

  #waitForTurn(
    position: number,
    { clock, signal }: Session,
    deadline: QueueDeadline,
  ): Promise<Entry> {
    let stop = (): void => undefined;
    const turn = new Promise<Entry>((resolve, reject) => {
      const start = (): void => {
        resolve(entry);
      };
      const entry: Entry = { ...deadline, position, start, round: 0, isWatched: false };
      stop = () => {
        const index = this.#waiting.indexOf(entry);
        if (index >= 0) this.#waiting.splice(index, 1);
        reject(stoppedError());
      };
      const behind = this.#waiting.findIndex((other) => other.position > position);
      this.#waiting.splice(behind < 0 ? this.#waiting.length : behind, 0, entry);
    });
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop);
    if (this.#pause !== undefined && this.#pause.ends > deadline.until) {
      this.#pause.cut.abort();
      this.#startPause(clock, deadline.until);
    }
    this.#next(clock);
    return turn.finally(() => signal?.removeEventListener('abort', stop));
  }

  /** Starts all attempts that may start now, or the next pause. */
  #next(clock: Clock): void {
    const now = clock.now();
    for (const late of this.#waiting.filter(({ until }) => until <= now)) this.#start(late);
    if (this.#pause !== undefined || this.#waiting.length === 0) return;
    if (this.#mustPause) {
      const spread = Math.round(this.#pauseMs * (0.75 + clock.random() / 4));
      this.#startPause(clock, Math.min(now + spread, ...this.#waiting.map(({ until }) => until)));
      return;
    }
    while (this.#attempting.size <= this.#acceptedInRow / ACCEPTED_PER_OPEN_REQUEST) {
      const [first] = this.#waiting;
      if (first === undefined) return;
      this.#start(first);
    }
    if (this.#waiting.length > 0) this.#unblock(clock);
  }

  #start(entry: Entry): void {
    this.#waiting.splice(this.#waiting.indexOf(entry), 1);
    this.#attempting.add(entry);
    entry.round = this.#round;
    entry.start();
  }

  /** A request can hang, or its run be searched for. Then the next attempt does not wait for it. */
  #unblock(clock: Clock): void {
    for (const entry of this.#attempting) {
      if (entry.isWatched) continue;
      entry.isWatched = true;
      void clock.sleep(MAX_BLOCKED_MS).then(() => {
        if (this.#attempting.delete(entry)) this.#next(clock);
      });
    }
  }

  #startPause(clock: Clock, ends: number): void {
    const pause = { ends, cut: new AbortController() };
    this.#pause = pause;
    void clock.sleep(Math.max(0, ends - clock.now()), pause.cut.signal).then(() => {
      if (this.#pause !== pause) return;
      this.#pause = undefined;
      this.#mustPause = false;
      this.#next(clock);
    });
  }

  #rejected(entry: Entry): void {
    // Several requests of the same round can be rejected. Only the first rejection counts.
    if (entry.round < this.#round) return;
    const factor =
      this.#acceptedInRow === 0
        ? LONGER_PAUSE_FACTOR
        : Math.min(1, Math.max(MIN_PAUSE_FACTOR, MAX_ACCEPTED_PER_PAUSE / this.#acceptedInRow));
    this.#pauseMs = Math.min(Math.max(this.#pauseMs * factor, MIN_PAUSE_MS), MAX_PAUSE_MS);
    this.#round += 1;
    this.#acceptedInRow = 0;
    this.#mustPause = true;
  }
}

function isConcurrencyLimit(error: unknown): error is DograhError {
  return (
    error instanceof DograhError && error.kind === 'ConcurrencyLimit' && error.callPlaced === 'no'
  );
}

function stoppedError(): CancelledError {
  return new CancelledError({
    callPlaced: 'no',
    message: 'The execution was stopped while the call waited for a free call slot.',
    hint: 'This number was not dialed.',
  });
}

function stillAtLimitError(
  { status, detail }: DograhError,
  { maxWaitMs }: QueueDeadline,
): ConcurrencyLimitError {
  return new ConcurrencyLimitError({
    status,
    detail,
    message: `Dograh's concurrent-call limit was still reached after ${toMinutes(maxWaitMs)}${said(detail)}.`,
    hint: 'This number was not dialed. Wait longer, place fewer calls at once, or raise the limit in Dograh.',
  });
}
