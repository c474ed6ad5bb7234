import { fork } from 'node:child_process';
import { join } from 'node:path';
import { withDograh, type DograhAddress, type DograhSetup } from './dograh-process';
import { write, type Benchmark, type Figure } from './figure';
import { FEWEST_SAMPLES, inTurn, median, range } from './in-turn';

/** What the child measures the memory of. */
export interface GrowthOrder extends DograhAddress {
  readonly by: 'node' | 'http' | 'waiting';
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
const MOST_BYTES = 10_000;
const WAITING_SAMPLES = 2;
const HIGHEST = 'The highest live heap during the run.';
const USUAL = 'The median of the live heap during the run.';

/** Live memory at its highest, beyond what was there before and the items themselves. */
export const growth: Benchmark = {
  name: 'the growth of memory',
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
        figure(`an item, of ${items}`, items, ours, `Calls placed 100 at once. ${HIGHEST}`, {
          name: 'HTTP Request node',
          samples: rival,
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
    for (const items of WAITING_SIZES) {
      const samples: Growth[] = [];
      // One process takes long, and its memory is itself the median or the most of hundreds of readings.
      for (let turn = 0; turn < WAITING_SAMPLES; turn += 1) {
        samples.push(await grow({ url, apiKey, by: 'waiting', items }));
        // It need not search what others placed.
        await dograh.tally();
      }
      const setting = `Calls of 25 s, ${items / 100} runs of 100 that wait at once.`;
      const usual = samples.map((one) => one.usual);
      const highest = samples.map((one) => one.highest);
      figures.push(
        figure(`a waiting call, of ${items}`, items, usual, `${setting} ${USUAL}`),
        figure(
          `a waiting call at its highest, of ${items}`,
          items,
          highest,
          `${setting} ${HIGHEST} That is while all ${items} calls are being placed or looked at in the same moment, each with a connection of its own, of some 27 kB, as those of the HTTP Request node.`,
        ),
      );
    }
    return figures;
  });
}

function figure(
  what: string,
  items: number,
  peaks: readonly number[],
  note: string,
  rival?: { readonly name: string; readonly samples: readonly number[] },
): Figure {
  const each = (bytes: number): number => bytes / items;
  const ours = each(median(peaks));
  const theirs = rival && each(median(rival.samples));
  const between = range(peaks).map((bytes) => write(each(bytes), 'kB'));
  return {
    what: `Memory for ${what}`,
    unit: 'kB',
    ours,
    ...(rival && theirs !== undefined
      ? { rival: { name: rival.name, value: theirs }, ratio: ours / theirs }
      : {}),
    goal: { of: 'ours', is: 'under', limit: MOST_BYTES },
    note: `${note} Garbage is collected each time the heap is read; the heap before the run, which has the items themselves, is taken off, and the rest divided by their number. Medians of ${peaks.length} processes (${between.join(' to ')}).`,
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
