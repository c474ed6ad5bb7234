const WARM_UPS = 1;
/** Samples of each side, without the first. Slow benchmarks take fewer. */
const SAMPLES = 7;
export const MIN_SAMPLES = 5;

export interface InTurn<Ours, Rival> {
  readonly ours: readonly Ours[];
  readonly rival: readonly Rival[];
}

/**
 * Takes samples of both sides in turn, so that a slow phase of the machine slows both.
 * Drops the first sample of each, because the caches of the disk are cold.
 */
export async function inTurn<Ours, Rival>(
  measure: {
    readonly ours: () => Promise<Ours>;
    readonly rival: () => Promise<Rival>;
  },
  { samples = SAMPLES, warmUps = WARM_UPS }: { samples?: number; warmUps?: number } = {},
): Promise<InTurn<Ours, Rival>> {
  const [ours, rival]: [Ours[], Rival[]] = [[], []];
  for (let turn = 0; turn < warmUps + samples; turn += 1) {
    ours.push(await measure.ours());
    rival.push(await measure.rival());
  }
  return { ours: ours.slice(warmUps), rival: rival.slice(warmUps) };
}

/** Unlike the mean, it ignores one sample during which the machine was busy. */
export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new Error('There are no samples.');
  return (lower + upper) / 2;
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The minimum and the maximum. They show how much to trust the median. */
export function range(samples: readonly number[]): readonly [number, number] {
  return [Math.min(...samples), Math.max(...samples)];
}
