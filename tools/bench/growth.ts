import { fork } from 'node:child_process';
import { join } from 'node:path';
import { withDograh, type DograhAddress, type DograhProcess } from './dograh-process';
import { writeRange, type Benchmark, type Figure, type Goal } from './figure';
import { MIN_SAMPLES, inTurn, median, type InTurn } from './in-turn';
import { CHECK_INTERVAL_MS } from './through-axios';

/** The run whose memory the child measures. */
export interface GrowthOrder extends DograhAddress {
  readonly by: 'node' | 'http' | 'waiting' | 'waiting from one moment on' | 'polling';
  readonly items: number;
}

/** Bytes of live heap, minus those before the run. */
export interface Growth {
  readonly highest: number;
  /** The median over the run. */
  readonly usual: number;
}

const SIZES = [1000, 3000] as const;
/** Our node waits for 100 calls at once, so these are 5 and 10 runs. */
const WAITING_SIZES = [500, 1000] as const;
const MOMENT_SIZE = 1000;
/** Long enough for all calls to wait together, with several checks each. */
const WAITING_CALL_MS = 25_000;
const GOAL: Goal = { of: 'ours', is: 'under', limit: 10_000 };
const HTTP_REQUEST = 'HTTP Request';
const LOOP = 'axios loop';
const HIGHEST = 'The highest live heap during the run.';
const USUAL = 'The median of the live heap during the run.';

/** Live memory during a run, without the memory before it and the items themselves. */
export const growth: Benchmark = {
  name: 'the growth of memory',
  about: `Live heap per item, without the item itself. One open connection takes about 27 kB with any client. The missed rows show mainly open connections. The loop checks every ${CHECK_INTERVAL_MS / 1000} s and keeps only run IDs.`,
  async measure() {
    const placed = await withDograh({ answerMs: 5, callMs: null }, growthOfItems);
    const waited = await withDograh({ answerMs: 5, callMs: WAITING_CALL_MS }, async (dograh) => [
      ...(await growthOfWaiting(dograh)),
      await growthOfOneMoment(dograh),
    ]);
    return [...placed, ...waited];
  },
};

async function growthOfItems(dograh: DograhProcess): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const items of SIZES) {
    const samples = await growInTurn(dograh, items, 'node', 'http');
    figures.push(
      figure(`Item, of ${items}`, {
        items,
        grown: highestOf(samples),
        rival: HTTP_REQUEST,
        goal: GOAL,
        note: `Ours places 100 at once; the HTTP Request node sends all, and has as many connections. ${HIGHEST}`,
      }),
    );
  }
  // The row with more items shows the same.
  return figures.map((one, index) => ({ ...one, isDetail: index < figures.length - 1 }));
}

async function growthOfWaiting(dograh: DograhProcess): Promise<Figure[]> {
  const figures: Figure[] = [];
  const peaks: number[] = [];
  for (const items of WAITING_SIZES) {
    const samples = await growInTurn(dograh, items, 'waiting', 'polling');
    const setting = `Calls of ${WAITING_CALL_MS / 1000} s, ${items / 100} runs of 100 that start a second apart and wait together.`;
    const highest = highestOf(samples);
    peaks.push(median(highest.ours));
    figures.push(
      figure(`Waiting call, of ${items}`, {
        items,
        grown: usualOf(samples),
        rival: LOOP,
        goal: GOAL,
        note: `${setting} ${USUAL}`,
      }),
      figure(`Waiting call, peak, of ${items}`, {
        items,
        grown: highest,
        rival: LOOP,
        goal: GOAL,
        note: `${setting} ${HIGHEST} The connections of the 100 calls that are placed last are in it.`,
      }),
    );
  }
  const [fewer, more] = WAITING_SIZES;
  const [ofFewer = NaN, ofMore = NaN] = peaks;
  const further: Figure = {
    what: `Each further waiting call, ${fewer} to ${more}`,
    unit: 'kB',
    ours: (ofMore - ofFewer) / (more - fewer),
    goal: GOAL,
    note: 'From the two rows for these numbers: that it grows in proportion.',
  };
  const details = figures.slice(0, 2).map((one) => ({ ...one, isDetail: true }));
  return [...details, ...figures.slice(2), further];
}

/** Mainly shows the memory of a thousand connections. n8n's own node also opens that many. */
async function growthOfOneMoment(dograh: DograhProcess): Promise<Figure> {
  const items = MOMENT_SIZE;
  const samples = await growInTurn(dograh, items, 'waiting from one moment on', 'http');
  return figure(`Call, peak, ${items} in one moment`, {
    items,
    grown: highestOf(samples),
    rival: HTTP_REQUEST,
    goal: GOAL,
    note: `${items / 100} runs of 100 that start in the same moment, so that there are ${items} connections, as the HTTP Request node always opens. ${HIGHEST}`,
  });
}

type Samples = InTurn<Growth, Growth>;
type Bytes = InTurn<number, number>;

function growInTurn(
  dograh: DograhProcess,
  items: number,
  ours: GrowthOrder['by'],
  rival: GrowthOrder['by'],
): Promise<Samples> {
  const { url, apiKey } = dograh;
  const sample = async (by: GrowthOrder['by']): Promise<Growth> => {
    const grown = await grow({ url, apiKey, by, items });
    // The next run must not search the runs of this one.
    await dograh.tally();
    return grown;
  };
  // Each has its own process, which warms itself up.
  return inTurn(
    { ours: () => sample(ours), rival: () => sample(rival) },
    { samples: MIN_SAMPLES, warmUps: 0 },
  );
}

function highestOf({ ours, rival }: Samples): Bytes {
  return { ours: ours.map(({ highest }) => highest), rival: rival.map(({ highest }) => highest) };
}

function usualOf({ ours, rival }: Samples): Bytes {
  return { ours: ours.map(({ usual }) => usual), rival: rival.map(({ usual }) => usual) };
}

interface Measured {
  readonly items: number;
  /** Bytes for all items, by process. */
  readonly grown: Bytes;
  /** The name of the alternative. */
  readonly rival: string;
  readonly goal: Goal;
  readonly note: string;
}

function figure(what: string, { items, grown, rival, goal, note }: Measured): Figure {
  const each = (bytes: readonly number[]): readonly number[] => bytes.map((one) => one / items);
  const [ours, theirs] = [each(grown.ours), each(grown.rival)];
  const medians = `Medians of ${ours.length} processes (${writeRange(ours, 'kB')}; ${writeRange(theirs, 'kB')}).`;
  return {
    what,
    unit: 'kB',
    ours: median(ours),
    rival: { name: rival, value: median(theirs) },
    ratio: median(ours) / median(theirs),
    goal,
    note: `${note} ${medians}`,
  };
}

/** Measures in a new process, so that memory of one run does not count for the next. */
async function grow(order: GrowthOrder): Promise<Growth> {
  const child = fork(join(__dirname, 'growth-child.ts'), {
    execArgv: [...process.execArgv, '--expose-gc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (grown: Growth) => {
      resolve(grown);
    });
    child.once('exit', (code) => {
      reject(new Error(`The process ended with ${String(code)}.`));
    });
    child.send(order);
  });
}
