import { CancelledError, ConcurrencyLimitError, DograhError } from '../errors/dograh-error';
import { said } from '../errors/read-answer';
import type { Operation } from '../transport/operation';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;
/** More of them on end, and the pauses are too long: so many places were free that stood idle meanwhile. */
const ACCEPTED_ON_END = 2.5;
/** However many they were, one pause is no shorter than this part of the one before. */
const LEAST_PART = 0.25;

/** The lines of this process, by Dograh and key; only those in which somebody waits. */
const lines = new Map<string, WaitingLine>();

/**
 * Asks for a place, and where Dograh holds as many calls as it may, waits for one.
 *
 * Once somebody was refused, all calls of this process to the same Dograh with the same key wait in one line, and
 * only the first of it asks: at once after somebody was accepted, for there may be another place, and after a pause
 * when it was refused. The pauses follow the places: twice as long when none came free meanwhile, shorter when
 * several did. So calls of seconds and calls of minutes both get their places soon, with few requests in vain.
 * @param ask places the call, or throws what is known of it
 * @param maxWaitMs how long to wait; with 0 there is no waiting in line, and the refusal is thrown as it is
 */
export async function inLine<T>(
  ask: () => Promise<T>,
  operation: Operation,
  maxWaitMs: number,
): Promise<T> {
  if (maxWaitMs <= 0) return ask();
  const until = operation.clock.now() + maxWaitMs;
  const { scope } = operation;
  if (!lines.has(scope)) {
    try {
      return await ask();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      lineOf(scope).open(error);
    }
  }
  return lineOf(scope).wait(ask, operation, { until, maxWaitMs });
}

function lineOf(scope: string): WaitingLine {
  const line = lines.get(scope) ?? new WaitingLine(() => lines.delete(scope));
  lines.set(scope, line);
  return line;
}

interface Patience {
  /** By the operation's clock. */
  readonly until: number;
  readonly maxWaitMs: number;
}

interface Waiting extends Patience {
  /** It is this one's turn to ask. */
  readonly begin: () => void;
  readonly giveUp: (error: DograhError) => void;
}

class WaitingLine {
  readonly #waiting: Waiting[] = [];
  #pauseMs = FIRST_PAUSE_MS;
  /** Since the last refusal. */
  #accepted = 0;
  /** The last answer, where it was one; then a pause comes before the next request. */
  #refusal: DograhError | undefined;
  /** What those are told who were never refused themselves. */
  #lastRefusal: DograhError | undefined;

  constructor(private readonly close: () => void) {}

  /** Somebody was refused who did not wait yet. Many at once say no more than one. */
  open(refusal: DograhError): void {
    this.#refusal = this.#lastRefusal = refusal;
  }

  async wait<T>(ask: () => Promise<T>, operation: Operation, patience: Patience): Promise<T> {
    const { clock, signal } = operation;
    const turn = this.#join(patience, signal);
    try {
      await turn.comes;
      for (;;) {
        await this.#pause(patience.until, operation);
        try {
          const result = await ask();
          this.#accepted += 1;
          this.#refusal = undefined;
          return result;
        } catch (error) {
          if (!isRefusal(error)) throw error;
          this.#refused(error);
          if (clock.now() >= patience.until) throw waitedInVain(error, patience);
          this.#dismissLate(clock.now());
        }
      }
    } finally {
      turn.end();
      this.#dismissLate(clock.now());
      this.#waiting[0]?.begin();
      if (this.#waiting.length === 0) this.close();
    }
  }

  #join(
    patience: Patience,
    signal: AbortSignal | undefined,
  ): { readonly comes: Promise<void>; readonly end: () => void } {
    let end = (): void => undefined;
    const comes = new Promise<void>((begin, giveUp) => {
      const stop = (): void => {
        giveUp(stopped());
      };
      const me: Waiting = { ...patience, begin, giveUp };
      this.#waiting.push(me);
      signal?.addEventListener('abort', stop);
      end = () => {
        signal?.removeEventListener('abort', stop);
        const index = this.#waiting.indexOf(me);
        if (index >= 0) this.#waiting.splice(index, 1);
      };
      if (this.#waiting[0] === me) begin();
      if (signal?.aborted === true) stop();
    });
    return { comes, end };
  }

  async #pause(until: number, { clock, signal }: Operation): Promise<void> {
    if (this.#refusal !== undefined) {
      const spread = Math.round(this.#pauseMs * (0.5 + clock.random() / 2));
      await clock.sleep(Math.max(0, Math.min(spread, until - clock.now())), signal);
    }
    if (signal?.aborted === true) throw stopped();
  }

  #refused(refusal: DograhError): void {
    const factor =
      this.#accepted === 0
        ? 2
        : Math.min(1, Math.max(LEAST_PART, ACCEPTED_ON_END / this.#accepted));
    this.#pauseMs = Math.min(this.#pauseMs * factor, LONGEST_PAUSE_MS);
    this.#accepted = 0;
    this.#refusal = this.#lastRefusal = refusal;
  }

  /** Those behind the first have no timer of their own: that of the first is never longer than a pause. */
  #dismissLate(now: number): void {
    for (const one of this.#waiting.slice(1)) {
      if (one.until <= now && this.#lastRefusal !== undefined) {
        one.giveUp(waitedInVain(this.#lastRefusal, one));
      }
    }
  }
}

function isRefusal(error: unknown): error is DograhError {
  return (
    error instanceof DograhError && error.kind === 'ConcurrencyLimit' && error.callPlaced === 'no'
  );
}

function stopped(): CancelledError {
  return new CancelledError({
    callPlaced: 'no',
    message: 'The execution was stopped while it waited to place the call.',
    hint: 'This number was not dialled.',
  });
}

function waitedInVain(error: DograhError, { maxWaitMs }: Patience): ConcurrencyLimitError {
  const minutes = Math.round(maxWaitMs / 6_000) / 10;
  return new ConcurrencyLimitError({
    status: error.status,
    detail: error.detail,
    message: `Dograh held as many calls as it may for ${minutes} minutes${said(error.detail)}.`,
    hint: 'This number was not dialled. Wait longer, place fewer calls at once, or raise the limit in Dograh.',
  });
}
