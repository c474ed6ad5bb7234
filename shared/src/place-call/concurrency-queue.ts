import { CancelledError, ConcurrencyLimitError, DograhError } from '../errors/dograh-error';
import { said } from '../transport/answer';
import type { CallResult } from '../runs/call-result';
import type { Clock } from '../transport/clock';
import type { Session } from '../connection/session';
import { toMinutes } from '../input/duration';

const FIRST_PAUSE_MS = 250;
const MIN_PAUSE_MS = 25;
const MAX_PAUSE_MS = 30_000;
/** When no place came free in a pause. Doubled, it would let places stand idle for up to half the time. */
const LONGER = 1.4;
/** More accepted on end, and the pauses are too long: so many places were free that stood idle meanwhile. */
const ACCEPTED_BETWEEN_PAUSES = 2.5;
/** However many they were, one pause is no shorter than this part of the one before. */
const MIN_FACTOR = 0.5;
/** After so many accepted on end, one more asks at the same time: there seem to be places enough. */
const ACCEPTED_FOR_ONE_MORE = 12;
/** A refusal comes at once, for Dograh decides it first. Whoever hears nothing for so long holds up nobody. */
const NO_ANSWER_MS = 200;

/** The lines of this process, by Dograh and key; only those in which somebody waits. */
const lines = new Map<string, WaitingLine>();

/** One call, on its way to a place. */
export interface Asking {
  /** Places the call, or finds the one that was made before; or throws what is known of it. */
  readonly ask: () => Promise<CallResult>;
  /**
   * What there is to find out without a place, so that nobody waits for one in vain: the call that was made before,
   * or, thrown, why there can be none. `ask` finds out the same, for much can happen during the wait.
   */
  readonly lookFirst?: () => Promise<CallResult | undefined>;
}

/**
 * Asks for a place, and where Dograh holds as many calls as it may, waits for one.
 *
 * Once somebody was refused, all calls of this process to the same Dograh with the same key wait in one line, and
 * its first one asks: at once after somebody was accepted, for there may be another place, and after a pause when
 * somebody was refused. The pauses follow the places: longer when none came free meanwhile, shorter when several did.
 * So calls of seconds and calls of minutes both get their places soon, with few requests in vain. Whose time is up
 * asks once more, wherever it stands.
 * @param maxWaitMs how long to wait; with 0 there is no waiting in line, and the refusal is thrown as it is
 */
export async function inLine(
  { ask, lookFirst }: Asking,
  session: Session,
  maxWaitMs: number,
): Promise<CallResult> {
  if (maxWaitMs <= 0) return ask();
  const { clock, scope } = session;
  const patience = { until: clock.now() + maxWaitMs, maxWaitMs };
  if (lines.has(scope)) {
    const known = await lookFirst?.();
    if (known !== undefined) return known;
  }
  if (!lines.has(scope)) {
    try {
      return await ask();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      if (clock.now() >= patience.until) throw waitedInVain(error, patience);
    }
  }
  return lineOf(scope).wait(ask, session, patience);
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

/** Somebody's turn to ask, which comes when it is the first in line. */
interface Turn extends Patience {
  /** As it was given out on coming; who asked in vain goes back to where it stood. */
  readonly number: number;
  readonly begin: () => void;
  /** How many refusals the line had heeded when this one began to ask. */
  round: number;
  isWatched: boolean;
}

class WaitingLine {
  readonly #waiting: Turn[] = [];
  /** Those whose answers the next one waits for. */
  readonly #asking = new Set<Turn>();
  /** Those who wait or ask. */
  #members = 0;
  #numbers = 0;
  #round = 0;
  /** Since the last refusal. */
  #accepted = 0;
  /** After a refusal, until the pause is over; so at the beginning. */
  #mustPause = true;
  #pauseMs = FIRST_PAUSE_MS;
  #pause: { readonly ends: number; readonly cut: AbortController } | undefined;

  constructor(private readonly close: () => void) {}

  async wait(
    ask: () => Promise<CallResult>,
    session: Session,
    patience: Patience,
  ): Promise<CallResult> {
    const { clock } = session;
    const number = (this.#numbers += 1);
    this.#members += 1;
    try {
      for (;;) {
        const turn = await this.#turn(number, session, patience);
        try {
          const result = await ask();
          // A call that was made before took no place.
          if (!result.skipped) this.#accepted += 1;
          return result;
        } catch (error) {
          if (!isRefusal(error)) throw error;
          this.#refused(turn);
          if (clock.now() >= patience.until) throw waitedInVain(error, patience);
        } finally {
          this.#asking.delete(turn);
        }
      }
    } finally {
      this.#members -= 1;
      this.#goOn(clock);
      if (this.#members === 0) {
        this.#pause?.cut.abort();
        this.close();
      }
    }
  }

  /** Resolves when it is this one's turn to ask. */
  #turn(number: number, { clock, signal }: Session, patience: Patience): Promise<Turn> {
    let stop = (): void => undefined;
    const turn = new Promise<Turn>((resolve, reject) => {
      const begin = (): void => {
        resolve(me);
      };
      const me: Turn = { ...patience, number, begin, round: 0, isWatched: false };
      stop = () => {
        const index = this.#waiting.indexOf(me);
        if (index >= 0) this.#waiting.splice(index, 1);
        reject(stopped());
      };
      const behind = this.#waiting.findIndex((other) => other.number > number);
      this.#waiting.splice(behind < 0 ? this.#waiting.length : behind, 0, me);
    });
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop);
    if (this.#pause !== undefined && this.#pause.ends > patience.until) {
      this.#pause.cut.abort();
      this.#beginPause(clock, patience.until);
    }
    this.#goOn(clock);
    return turn.finally(() => signal?.removeEventListener('abort', stop));
  }

  /** Lets those ask who may; called whenever something happened. */
  #goOn(clock: Clock): void {
    const now = clock.now();
    for (const late of this.#waiting.filter(({ until }) => until <= now)) this.#begin(late);
    if (this.#pause !== undefined || this.#waiting.length === 0) return;
    if (this.#mustPause) {
      const spread = Math.round(this.#pauseMs * (0.75 + clock.random() / 4));
      this.#beginPause(clock, Math.min(now + spread, ...this.#waiting.map(({ until }) => until)));
      return;
    }
    while (this.#asking.size <= this.#accepted / ACCEPTED_FOR_ONE_MORE) {
      const [next] = this.#waiting;
      if (next === undefined) return;
      this.#begin(next);
    }
    if (this.#waiting.length > 0) this.#watch(clock);
  }

  #begin(turn: Turn): void {
    this.#waiting.splice(this.#waiting.indexOf(turn), 1);
    this.#asking.add(turn);
    turn.round = this.#round;
    turn.begin();
  }

  /** A request can hang, or its call be looked for: then the next one waits no longer for its answer. */
  #watch(clock: Clock): void {
    for (const turn of this.#asking) {
      if (turn.isWatched) continue;
      turn.isWatched = true;
      void clock.sleep(NO_ANSWER_MS).then(() => {
        if (this.#asking.delete(turn)) this.#goOn(clock);
      });
    }
  }

  #beginPause(clock: Clock, ends: number): void {
    const pause = { ends, cut: new AbortController() };
    this.#pause = pause;
    void clock.sleep(Math.max(0, ends - clock.now()), pause.cut.signal).then(() => {
      if (this.#pause !== pause) return;
      this.#pause = undefined;
      this.#mustPause = false;
      this.#goOn(clock);
    });
  }

  #refused(turn: Turn): void {
    // Whoever asked before the last refusal was heard of says no more than that one.
    if (turn.round < this.#round) return;
    const factor =
      this.#accepted === 0
        ? LONGER
        : Math.min(1, Math.max(MIN_FACTOR, ACCEPTED_BETWEEN_PAUSES / this.#accepted));
    const longer = Math.max(this.#pauseMs * factor, MIN_PAUSE_MS);
    this.#pauseMs = Math.min(longer, MAX_PAUSE_MS);
    this.#round += 1;
    this.#accepted = 0;
    this.#mustPause = true;
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
  return new ConcurrencyLimitError({
    status: error.status,
    detail: error.detail,
    message: `No place came free for this call in ${toMinutes(maxWaitMs)}${said(error.detail)}.`,
    hint: 'This number was not dialled. Wait longer, place fewer calls at once, or raise the limit in Dograh.',
  });
}
