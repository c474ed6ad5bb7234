/** What `npm run bench` measures: one file per benchmark, each entered in the list of `main.ts`. */
export interface Benchmark {
  /** Named while it is measured, and when that breaks. */
  readonly name: string;
  /** @throws when it could not be measured; a goal that is missed is a result like any other */
  readonly measure: () => Promise<readonly Figure[]>;
}

/** One row: a figure of ours beside the same figure of something that could be had instead. */
export interface Figure {
  readonly what: string;
  readonly unit: Unit;
  readonly ours: number;
  readonly rival: { readonly name: string; readonly value: number };
  /** How many times as much we need as the rival; what exactly is compared, `note` says. */
  readonly ratio: number;
  readonly goal: Goal;
  /** How it was measured, and what a reader of the row must know. */
  readonly note: string;
}

export interface Judged extends Figure {
  readonly isMet: boolean;
}

export interface Goal {
  readonly of: 'ours' | 'ratio';
  readonly is: keyof typeof COMPARE;
  /** Of our value in the unit of the figure; of the ratio as a plain number. */
  readonly limit: number;
}

/** How values are written; they themselves are plain numbers of milliseconds or bytes. */
export type Unit = keyof typeof WRITE;

const WRITE = {
  ms: (milliseconds: number) => `${milliseconds.toFixed(1)} ms`,
  MB: (bytes: number) => `${(bytes / 1e6).toFixed(3)} MB`,
};

const COMPARE = {
  under: (value: number, limit: number) => value < limit,
  'at most': (value: number, limit: number) => value <= limit,
  'at least': (value: number, limit: number) => value >= limit,
};

export function write(value: number, unit: Unit): string {
  return WRITE[unit](value);
}

export function writeRatio(ratio: number): string {
  return `${ratio.toFixed(2)} ×`;
}

export function writeGoal({ goal, unit }: Pick<Figure, 'goal' | 'unit'>): string {
  const { of, is, limit } = goal;
  return `${is} ${of === 'ratio' ? writeRatio(limit) : write(limit, unit)}`;
}

/** @throws for what is no number: then something was not measured, and nobody can say whether the goal is met */
export function judge(figure: Figure): Judged {
  const { what, ours, rival, ratio, goal } = figure;
  for (const value of [ours, rival.value, ratio]) {
    if (!Number.isFinite(value)) throw new Error(`${what} came out as ${value}.`);
  }
  return { ...figure, isMet: COMPARE[goal.is](figure[goal.of], goal.limit) };
}
