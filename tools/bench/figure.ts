import { range } from './in-turn';

/** What `npm run bench` measures: one file per benchmark, each entered in the list of `main.ts`. */
export interface Benchmark {
  /** Named while it is measured, and when that breaks. */
  readonly name: string;
  /** How all of it was measured; where a goal can be missed, why. */
  readonly about: string;
  /** @throws when it could not be measured; a goal that is missed is a result like any other */
  readonly measure: () => Promise<readonly Figure[]>;
}

/** One row: a figure of ours beside the same figure of something that could be had instead. */
export interface Figure {
  readonly what: string;
  readonly unit: Unit;
  readonly ours: number;
  /** Left out where there is nothing to compare with. */
  readonly rival?: { readonly name: string; readonly value: number };
  /** Ours as a multiple of the rival's; where something else is compared, `note` says what. */
  readonly ratio?: number;
  /** Left out where the figure is there to be known, and nobody set a goal. */
  readonly goal?: Goal;
  /** What a reader of this row must know besides. */
  readonly note: string;
  /** Left out of the page, because other rows show the same. */
  readonly isDetail?: boolean;
}

export interface Judged extends Figure {
  /** Undefined where there is no goal. */
  readonly isMet: boolean | undefined;
}

export interface Goal {
  readonly of: 'ours' | 'ratio';
  readonly is: keyof typeof COMPARE;
  /** Of our value in the unit of the figure; of the ratio as a plain number. */
  readonly limit: number;
}

/** How values are written; they themselves are plain numbers of milliseconds, of bytes, or of what is counted. */
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

/** The least and the most, e.g. "1.0 s to 1.2 s". */
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

/** @throws for what is no number: then something was not measured, and nobody can say whether the goal is met */
export function judge(figure: Figure): Judged {
  const { what, ours, rival, goal, ratio } = figure;
  for (const value of [ours, rival?.value, ratio]) {
    if (value !== undefined && !Number.isFinite(value)) {
      throw new Error(`${what} came out as ${value}.`);
    }
  }
  if (goal === undefined) return { ...figure, isMet: undefined };
  const judged = goal.of === 'ours' ? ours : ratio;
  if (judged === undefined)
    throw new Error(`${what} has a goal for a ratio that it does not have.`);
  return { ...figure, isMet: COMPARE[goal.is](judged, goal.limit) };
}
