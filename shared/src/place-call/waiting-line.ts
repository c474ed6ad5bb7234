import { CancelledError, ConcurrencyLimitError, DograhError } from '../errors/dograh-error';
import { said } from '../errors/read-answer';
import type { Clock } from '../transport/clock';
import type { Operation } from '../transport/operation';

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;
/** When no place came free in a pause. Doubled, it would let places stand idle for up to half the time. */
const LONGER = 1.4;
/** More accepted on end, and the pauses are too long: so many places were free that stood idle meanwhile. */
const ACCEPTED_BETWEEN_PAUSES = 2.5;
/** However many they were, one pause is no shorter than this part of the one before. */
const SHORTEST_PART = 0.35;
/** After so many accepted on end, one more asks at the same time: there seem to be places enough. */
const ACCEPTED_FOR_ONE_MORE = 12;
/** A refusal comes at once, for Dograh decides it first. Whoever hears nothing for so long holds up nobody. */
const NO_ANSWER_MS = 200;

/** The lines of this process, by Dograh and key; only those in which somebody waits. */
const lines = new Map<string, WaitingLine>();

/**
 * Asks for a place, and where Dograh holds as many calls as it may, waits for one.
 *
 * Once somebody was refused, all calls of this process to the same Dograh with the same key wait in one line, and
 * only the first of it asks: at once after somebody was accepted, for there may be another place, and after a pause
 * when somebody was refused. The pauses follow the places: longer when none came free meanwhile, shorter when
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
  const patience = { until: operation.clock.now() + maxWaitMs, maxWaitMs };
  const { scope } = operation;
  if (!lines.has(scope)) {
    try {
      return await ask();
    } catch (error) {
      if (!isRefusal(error)) throw error;
      lineOf(scope).open();
    }
  }
  return lineOf(scope).wait(ask, operation, patience);
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

/** Somebody who waits for the turn to ask. */
interface Waiting extends Patience {
  /** As it was given out on coming; who asked in vain goes back to where it stood. */
  readonly number: number;
  readonly begin: () => void;
  readonly giveUp: (error: DograhError) => void;
}

class WaitingLine {
  readonly #waiting: Waiting[] = [];
  /** Those who wait or ask. */
  #members = 0;
  #numbers = 0;
  /** Those whose answers the next one waits for, by their numbers. */
  readonly #asking = new Set<number>();
  #answers = 0;
  /** Since the last refusal. */
  #accepted = 0;
  /** After a refusal, until the pause is over. */
  #mustPause = false;
  #pauseMs = FIRST_PAUSE_MS;
  #pause: { readonly ends: number; readonly cut: AbortController } | undefined;
  #isWatching = false;

  constructor(private readonly close: () => void) {}

  /** Somebody was refused who was not in the line yet. */
  open(): void {
    this.#mustPause = true;
  }

  async wait<T>(ask: () => Promise<T>, operation: Operation, patience: Patience): Promise<T> {
    const { clock } = operation;
    const number = (this.#numbers += 1);
    this.#members += 1;
    try {
      for (;;) {
        await this.#turn(number, operation, patience);
        try {
          const result = await ask();
          this.#accepted += 1;
          return result;
        } catch (error) {
          if (!isRefusal(error)) throw error;
          this.#refused(error, clock.now());
          if (clock.now() >= patience.until) throw waitedInVain(error, patience);
        } finally {
          this.#answers += 1;
          this.#asking.delete(number);
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
  #turn(number: number, { clock, signal }: Operation, patience: Patience): Promise<void> {
    let stop = (): void => undefined;
    const turn = new Promise<void>((begin, giveUp) => {
      const me: Waiting = { ...patience, number, begin, giveUp };
      stop = () => {
        const index = this.#waiting.indexOf(me);
        if (index >= 0) this.#waiting.splice(index, 1);
        giveUp(stopped());
      };
      const behind = this.#waiting.findIndex((other) => other.number > number);
      this.#waiting.splice(behind < 0 ? this.#waiting.length : behind, 0, me);
    });
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop);
    if (this.#pause !== undefined && this.#pause.ends > patience.until) this.#pause.cut.abort();
    this.#goOn(clock);
    return turn.finally(() => signal?.removeEventListener('abort', stop));
  }

  /** Lets those ask who may; called whenever something happened. */
  #goOn(clock: Clock): void {
    if (this.#pause !== undefined || this.#waiting.length === 0) return;
    if (this.#mustPause) {
      this.#beginPause(clock);
      return;
    }
    while (this.#asking.size <= this.#accepted / ACCEPTED_FOR_ONE_MORE) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      this.#asking.add(next.number);
      next.begin();
    }
    if (this.#waiting.length > 0) this.#watch(clock);
  }

  #beginPause(clock: Clock): void {
    const spread = Math.round(this.#pauseMs * (0.75 + clock.random() / 4));
    // Whose time is up before asks once more, and only then gives up.
    const ends = Math.min(clock.now() + spread, ...this.#waiting.map(({ until }) => until));
    const cut = new AbortController();
    this.#pause = { ends, cut };
    void clock.sleep(Math.max(0, ends - clock.now()), cut.signal).then(() => {
      this.#pause = undefined;
      this.#mustPause = false;
      this.#goOn(clock);
    });
  }

  /** A request can hang, or its call be looked for: then the next one waits no longer for its answer. */
  #watch(clock: Clock): void {
    if (this.#isWatching) return;
    this.#isWatching = true;
    const answers = this.#answers;
    void clock.sleep(NO_ANSWER_MS).then(() => {
      this.#isWatching = false;
      if (this.#answers === answers) this.#asking.clear();
      this.#goOn(clock);
    });
  }

  #refused(refusal: DograhError, now: number): void {
    // Several who asked at the same time say no more than one.
    if (!this.#mustPause) {
      const factor =
        this.#accepted === 0
          ? LONGER
          : Math.min(1, Math.max(SHORTEST_PART, ACCEPTED_BETWEEN_PAUSES / this.#accepted));
      this.#pauseMs = Math.min(this.#pauseMs * factor, LONGEST_PAUSE_MS);
    }
    this.#mustPause = true;
    this.#accepted = 0;
    for (const late of this.#waiting.filter(({ until }) => until <= now)) {
      this.#waiting.splice(this.#waiting.indexOf(late), 1);
      late.giveUp(waitedInVain(refusal, late));
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
