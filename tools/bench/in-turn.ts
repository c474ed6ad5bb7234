const WARM_UPS = 1;
/** As many as are taken of each, beside the first; fewer where one takes long. */
const SAMPLES = 7;
export const FEWEST_SAMPLES = 5;

export interface InTurn<Ours, Rival> {
  readonly ours: readonly Ours[];
  readonly rival: readonly Rival[];
}

/**
 * Samples of two things, taken one after the other in turn, so that what slows the machine for a while slows both.
 * The first of each is dropped: it finds the caches of the disk cold.
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

/** Where the mean would follow the one sample during which the machine was busy elsewhere. */
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

/** The least and the most: how much to trust the median. */
export function range(samples: readonly number[]): readonly [number, number] {
  return [Math.min(...samples), Math.max(...samples)];
}
