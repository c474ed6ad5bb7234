import type { IDataObject } from 'n8n-workflow';
import type { NodeOutcome } from '../hosts/n8n/engine';
import { withDograh, type DograhProcess } from './dograh-process';
import { writeRange, type Benchmark, type Figure } from './figure';
import { MIN_SAMPLES, inTurn, median } from './in-turn';
import { placeByAxios } from './through-axios';
import { leads, placeByHttpRequest, placeByNode, type Form } from './through-n8n';

const ANSWER_MS = [5, 150] as const;
/** The minimum duration of a sample, which is one run after the other. */
const SAMPLE_MS = 500;
/** Runs with a longer estimate are not measured, because shorter runs of the same kind show the same. */
const MAX_RUN_MS = 22_000;
const LONG_RUN_MS = 3000;
const FORMS = { json: 'as JSON', fields: 'as fields' } as const;
/** Enough calls until the same code is compiled as in an n8n that has run for a while. */
const WARM_UP_CALLS = 2000;

/** Both sides place equally many calls at once. n8n's own node sends the requests of all items at once. */
export const callsBesideHttpRequest: Benchmark = {
  name: 'calls per second beside the HTTP Request node',
  about:
    'In n8n\'s real engine; Dograh responds after 5 or 150 ms. "As JSON" is one expression with all data. Ours has a second one, for the phone number. **Require Variables** is off.',
  async measure() {
    const figures: Figure[] = [];
    for (const answerMs of ANSWER_MS) {
      await withDograh({ answerMs, callMs: null }, async (dograh) => {
        await warmUp(dograh);
        for (const parallel of [1, 20, 100]) {
          figures.push(await besideHttpRequest(dograh, answerMs, parallel, 'json'));
          figures.push(await besideHttpRequest(dograh, answerMs, parallel, 'fields'));
        }
      });
    }
    return figures;
  },
};

/** The maximum rate with the same HTTP library. */
export const callsBesideAxios: Benchmark = {
  name: 'calls per second beside a bare axios loop',
  about:
    'The same HTTP library without n8n. A call takes about 1.4 ms of processor time in n8n, two thirds of it for n8n itself, and 0.5 ms in the loop. So the HTTP Request node misses this goal, too.',
  async measure() {
    const figures: Figure[] = [];
    for (const answerMs of ANSWER_MS) {
      await withDograh({ answerMs, callMs: null }, async (dograh) => {
        await warmUp(dograh);
        for (const parallel of [1, 20, 100]) {
          for (const count of [1, 100, 1000, 10_000]) {
            if (count > 1 && count < parallel) continue;
            if (count === 1 && parallel > 1) continue;
            // An estimate: at most 500 calls per second, and each response takes `answerMs`.
            const runMs = Math.max((count / parallel) * answerMs, count * 2);
            if (runMs > MAX_RUN_MS) continue;
            figures.push(await besideAxios(dograh, answerMs, parallel, count, runMs));
          }
        }
      });
    }
    return figures;
  },
};

async function warmUp(dograh: DograhProcess): Promise<void> {
  const items = leads(100);
  for (let calls = 0; calls < WARM_UP_CALLS; calls += items.length) {
    for (const form of ['json', 'fields'] as const) {
      await finished(placeByHttpRequest(dograh, items, { form }));
      await finished(placeByNode(dograh, items, items.length, { form }));
    }
    await placeByAxios(dograh, items, items.length);
  }
}

async function besideHttpRequest(
  dograh: DograhProcess,
  answerMs: number,
  parallel: number,
  form: Form,
): Promise<Figure> {
  const items = leads(parallel);
  const { ours, rival } = await inTurn({
    ours: () => rate(dograh, items, () => finished(placeByNode(dograh, items, parallel, { form }))),
    rival: () => rate(dograh, items, () => finished(placeByHttpRequest(dograh, items, { form }))),
  });
  const figure = rateFigure(
    `${answerMs} ms, ${parallel} at once, ${FORMS[form]}`,
    ours,
    { name: 'HTTP Request node', samples: rival },
    0.95,
    `Runs of ${counted(parallel, 'item')}.`,
  );
  return { ...figure, isDetail: parallel === 20 || (parallel === 1 && form === 'json') };
}

async function besideAxios(
  dograh: DograhProcess,
  answerMs: number,
  parallel: number,
  count: number,
  runMs: number,
): Promise<Figure> {
  const items = leads(count);
  // The earlier rows have warmed it up.
  const few = runMs > LONG_RUN_MS ? { samples: MIN_SAMPLES, warmUps: 0 } : {};
  const { ours, rival } = await inTurn(
    {
      ours: () =>
        rate(dograh, items, () => finished(placeByNode(dograh, items, parallel, { form: 'json' }))),
      rival: () => rate(dograh, items, () => placeByAxios(dograh, items, parallel)),
    },
    few,
  );
  const figure = rateFigure(
    `${answerMs} ms, ${counted(count, 'item')}, ${parallel} at once`,
    ours,
    { name: 'axios loop', samples: rival },
    answerMs === 150 ? 0.9 : undefined,
    `Runs of ${counted(count, 'item')} by ${counted(parallel, 'worker')}.`,
  );
  return { ...figure, isDetail: answerMs === 5 || count === 1000 || (parallel === 1 && count > 1) };
}

function rateFigure(
  what: string,
  ours: readonly number[],
  rival: { readonly name: string; readonly samples: readonly number[] },
  limit: number | undefined,
  note: string,
): Figure {
  const theirs = median(rival.samples);
  return {
    what,
    unit: 'calls/s',
    ours: median(ours),
    rival: { name: rival.name, value: theirs },
    ratio: median(ours) / theirs,
    ...(limit === undefined ? {} : { goal: { of: 'ratio', is: 'at least', limit } }),
    note: `${note} Medians of ${ours.length} samples (${writeRange(ours, 'calls/s')}; ${writeRange(rival.samples, 'calls/s')}).`,
  };
}

function counted(count: number, what: string): string {
  return `${count.toLocaleString('en')} ${what}${count === 1 ? '' : 's'}`;
}

/** Calls per second of runs one after the other. @throws Error if a call was not placed */
async function rate(
  dograh: DograhProcess,
  items: readonly IDataObject[],
  run: () => Promise<unknown>,
): Promise<number> {
  await dograh.tally();
  const begin = performance.now();
  let [runs, elapsed] = [0, 0];
  while (elapsed < SAMPLE_MS) {
    await run();
    runs += 1;
    elapsed = performance.now() - begin;
  }
  const { calls } = await dograh.tally();
  const asked = runs * items.length;
  if (calls !== asked) throw new Error(`${calls} calls were placed, but ${asked} were requested.`);
  return (calls / elapsed) * 1000;
}

async function finished(outcome: Promise<NodeOutcome>): Promise<void> {
  const { status, error } = await outcome;
  if (status !== 'success') throw error ?? new Error(`The run ended as ${status}.`);
}
