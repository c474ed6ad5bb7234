import { range } from './in-turn';

/** A benchmark of `npm run bench`. Each has its own file, and is in the list of `main.ts`. */
export interface Benchmark {
  /** Printed while it is measured, and if that fails. */
  readonly name: string;
  /** How it was measured. If a goal can be missed, also why. */
  readonly about: string;
  /** @throws Error if it could not be measured. A missed goal is a normal result */
  readonly measure: () => Promise<readonly Figure[]>;
}

/** One row: our figure beside the same figure of an alternative. */
export interface Figure {
  readonly what: string;
  readonly unit: Unit;
  readonly ours: number;
  /** The alternative. Left out if there is none. */
  readonly rival?: { readonly name: string; readonly value: number };
  /** Ours as a multiple of the rival's. If it compares something else, `note` says what. */
  readonly ratio?: number;
  /** Left out if the figure has no goal. */
  readonly goal?: Goal;
  /** How this row was measured. */
  readonly note: string;
  /** Left out of the page, because other rows show the same. */
  readonly isDetail?: boolean;
}

export interface Judged extends Figure {
  /** Undefined if there is no goal. */
  readonly isMet: boolean | undefined;
}

export interface Goal {
  readonly of: 'ours' | 'ratio';
  readonly is: keyof typeof COMPARE;
  /** For `ours`, in the unit of the figure. For `ratio`, a plain number. */
  readonly limit: number;
}

/** The format of a value. The value itself is a number of milliseconds, of bytes, or a count. */
export type Unit = keyof typeof WRITE;

const WRITE = {
  ms: (milliseconds: number) => `${milliseconds.toFixed(1)} ms`,
  s: (milliseconds: number) => `${(milliseconds / 1000).toFixed(2)} s`,
  µs: (milliseconds: number) => `${(milliseconds * 1000).toFixed(1)} µs`,
  MB: (bytes: number) => `${(bytes / 1e6).toFixed(3)} MB`,
  kB: (bytes: number) => `${(bytes / 1e3).toFixed(1)} kB`,
  'calls/s': (rate: number) => `${rate < 100 ? rate.toFixed(1) : rate.toFixed(0)} calls/s`,
  requests: (count: number) => `${Number(count.toFixed(2))} requests`,
  calls: (count: number) => `${count} calls`,
};

const COMPARE = {
  under: (value: number, limit: number) => value < limit,
  'at most': (value: number, limit: number) => value <= limit,
  'at least': (value: number, limit: number) => value >= limit,
};

export function write(value: number, unit: Unit): string {
  return WRITE[unit](value);
}

/** The minimum and the maximum, e.g. "1.0 s to 1.2 s". */
export function writeRange(values: readonly number[], unit: Unit): string {
  return range(values)
    .map((value) => write(value, unit))
    .join(' to ');
}

export function writeRatio(ratio: number): string {
  return `${ratio.toFixed(2)} ×`;
}

export function writeGoal({ goal, unit }: Pick<Figure, 'goal' | 'unit'>): string {
  if (goal === undefined) return '';
  const { of, is, limit } = goal;
  return `${is} ${of === 'ratio' ? writeRatio(limit) : write(limit, unit)}`;
}

/** @throws Error if a value is not a finite number, because then something was not measured */
export function judge(figure: Figure): Judged {
  const { what, ours, rival, goal, ratio } = figure;
  for (const value of [ours, rival?.value, ratio]) {
    if (value !== undefined && !Number.isFinite(value)) {
      throw new Error(`The measured value of ${what} is ${value}.`);
    }
  }
  if (goal === undefined) return { ...figure, isMet: undefined };
  const judged = goal.of === 'ours' ? ours : ratio;
  if (judged === undefined) throw new Error(`${what} has a goal for its ratio, but no ratio.`);
  return { ...figure, isMet: COMPARE[goal.is](judged, goal.limit) };
}
