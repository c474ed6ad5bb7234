import { fork } from 'node:child_process';
import { join } from 'node:path';
import { withDograh, type DograhAddress, type DograhSetup } from './dograh-process';
import { write, type Benchmark, type Figure, type Goal } from './figure';
import { FEWEST_SAMPLES, inTurn, median, range } from './in-turn';

/** What the child measures the memory of. */
export interface GrowthOrder extends DograhAddress {
  readonly by: 'node' | 'http' | 'waiting' | 'waiting from one moment on';
  readonly items: number;
}

/** Bytes of live heap beyond those before the run. */
export interface Growth {
  readonly highest: number;
  /** The median over the run. */
  readonly usual: number;
}

const SIZES = [1000, 3000] as const;
/** Our node waits for 100 calls at once, so these are 5 and 10 runs. */
const WAITING_SIZES = [500, 1000] as const;
const GOAL: Goal = { of: 'ours', is: 'under', limit: 10_000 };
const HTTP_REQUEST = 'HTTP Request node';
const WAITING_SAMPLES = 2;
const HIGHEST = 'The highest live heap during the run.';
const USUAL = 'The median of the live heap during the run.';

/** Live memory at its highest, beyond what was there before and the items themselves. */
export const growth: Benchmark = {
  name: 'the growth of memory',
  about:
    'Live heap beyond what was there before the run, which has the items themselves, divided by their number. Each run has a process of its own, in which garbage is collected each time the heap is read, five times a second. A request in flight takes some 27 kB for its connection, whoever sends it; so what is measured at its highest has the connections in it that are open at once.',
  async measure() {
    return [...(await growthOfItems()), ...(await growthOfWaiting())];
  },
};

async function growthOfItems(): Promise<Figure[]> {
  return withDograh({ answerMs: 5, callMs: null }, async (dograh) => {
    const { url, apiKey } = dograh;
    const figures: Figure[] = [];
    for (const items of SIZES) {
      await dograh.tally();
      const { ours, rival } = await inTurn(
        {
          ours: async () => (await grow({ url, apiKey, by: 'node', items })).highest,
          rival: async () => (await grow({ url, apiKey, by: 'http', items })).highest,
        },
        { samples: FEWEST_SAMPLES, warmUps: 0 },
      );
      figures.push(
        figure(`an item, of ${items}`, {
          items,
          grown: ours,
          rival: { name: HTTP_REQUEST, grown: rival },
          goal: GOAL,
          note: `Ours places 100 at once; the HTTP Request node sends all, and has as many connections. ${HIGHEST}`,
        }),
      );
    }
    return figures;
  });
}

async function growthOfWaiting(): Promise<Figure[]> {
  // The calls last long enough for all of them to wait together, and to be looked at several times.
  const setup: DograhSetup = { answerMs: 5, callMs: 25_000 };
  return withDograh(setup, async (dograh) => {
    const { url, apiKey } = dograh;
    const figures: Figure[] = [];
    const highestOf: number[] = [];
    for (const items of WAITING_SIZES) {
      const samples: Growth[] = [];
      // One process takes long, and its memory is itself the median or the most of hundreds of readings.
      for (let turn = 0; turn < WAITING_SAMPLES; turn += 1) {
        samples.push(await grow({ url, apiKey, by: 'waiting', items }));
        // It need not search what others placed.
        await dograh.tally();
      }
      const setting = `Calls of 25 s, ${items / 100} runs of 100 that start a second apart and wait together.`;
      const usual = samples.map((one) => one.usual);
      const highest = samples.map((one) => one.highest);
      highestOf.push(median(highest));
      figures.push(
        figure(`a waiting call, of ${items}`, {
          items,
          grown: usual,
          goal: GOAL,
          note: `${setting} ${USUAL}`,
        }),
        figure(`a waiting call at its highest, of ${items}`, {
          items,
          grown: highest,
          goal: GOAL,
          note: `${setting} ${HIGHEST} The connections of the 100 calls that are placed last are in it.`,
        }),
      );
    }
    const [fewer, more] = WAITING_SIZES;
    const [ofFewer = NaN, ofMore = NaN] = highestOf;
    figures.push(
      figure(`one more waiting call at its highest, from ${fewer} to ${more}`, {
        items: more - fewer,
        grown: [ofMore - ofFewer],
        goal: GOAL,
        note: 'From the two rows for these numbers.',
      }),
      await growthOfOneMoment(dograh),
    );
    return figures;
  });
}

/** Not so much what waiting takes as what a thousand connections do, which n8n's own node opens for as many items, too. */
async function growthOfOneMoment({ url, apiKey }: DograhAddress): Promise<Figure> {
  const items = 1000;
  const by = 'waiting from one moment on';
  const ours = await grow({ url, apiKey, by, items });
  const rival = await grow({ url, apiKey, by: 'http', items });
  return figure(`a call, of ${items} placed in one moment`, {
    items,
    grown: [ours.highest],
    rival: { name: HTTP_REQUEST, grown: [rival.highest] },
    goal: GOAL,
    note: `10 runs of 100 that start in the same moment, so that there are ${items} connections, as the HTTP Request node always opens. ${HIGHEST}`,
  });
}

interface Measured {
  readonly items: number;
  /** Bytes for all items, one for each process. */
  readonly grown: readonly number[];
  readonly rival?: { readonly name: string; readonly grown: readonly number[] };
  readonly goal?: Goal;
  readonly note: string;
}

function figure(what: string, { items, grown, rival, goal, note }: Measured): Figure {
  const each = (bytes: number): number => bytes / items;
  const ours = each(median(grown));
  const theirs = rival && each(median(rival.grown));
  const between = range(grown).map((bytes) => write(each(bytes), 'kB'));
  const medians =
    grown.length === 1 ? '' : ` Medians of ${grown.length} processes (${between.join(' to ')}).`;
  return {
    what: `Memory for ${what}`,
    unit: 'kB',
    ours,
    ...(rival && theirs !== undefined
      ? { rival: { name: rival.name, value: theirs }, ratio: ours / theirs }
      : {}),
    ...(goal && { goal }),
    note: `${note}${medians}`,
  };
}

/** In a process of its own: what one run leaves behind must not be counted for the next. */
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
