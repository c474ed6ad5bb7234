import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { withDograh, type DograhProcess, type DograhTally } from './dograh-process';
import { write, writeRange, type Benchmark, type Figure } from './figure';
import { MIN_SAMPLES, inTurn, median, sum } from './in-turn';
import { leads, placeByHttpRequest, placeByNode } from './through-n8n';

const WHAT = 'a concurrency limit of 10';
const ITEMS = 500;
const SLOTS = 10;
const CALL_MS = 200;
/** n8n's defaults after Retry On Fail is turned on. */
const RETRIES = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1000 };
/** One and a half times the duration of a call. */
const BATCH_INTERVAL_MS = 300;

interface Setting {
  /** The option of our node. */
  readonly concurrency: number;
  readonly rival: string;
  /** The options of the HTTP Request node. */
  readonly options: INodeParameters;
}

/** With the concurrency of the limit, and with the node's maximum. */
const SETTINGS: readonly Setting[] = [
  {
    concurrency: SLOTS,
    rival: 'n8n, batched',
    options: { batching: { batch: { batchSize: SLOTS, batchInterval: BATCH_INTERVAL_MS } } },
  },
  { concurrency: 100, rival: 'n8n, at once', options: {} },
];

interface Sample {
  /** From the start of the run to the last accepted call, in milliseconds. */
  readonly lastAcceptedMs: number;
  readonly lost: number;
  readonly doubled: number;
  readonly requestsPerLead: number;
}

/** Many leads and a low concurrency limit: are all leads called exactly once, and how soon? */
export const concurrencyLimit: Benchmark = {
  name: WHAT,
  about: `${ITEMS} calls of ${CALL_MS} ms. Dograh allows ${SLOTS} at once. Our node places ${SETTINGS.map(({ concurrency }) => concurrency).join(' or ')} at once and waits for free slots. n8n's HTTP Request node tries all items ${RETRIES.maxTries} times: at once, or ${SLOTS} every ${BATCH_INTERVAL_MS} ms, which fits only calls of this length. The physical limit is ${ITEMS / SLOTS - 1} × ${CALL_MS} ms.`,
  async measure() {
    const setup = { answerMs: 5, callMs: CALL_MS, concurrentCalls: SLOTS };
    return withDograh(setup, async (dograh) => {
      const items = leads(ITEMS);
      const figures: Figure[] = [];
      for (const { concurrency, rival: name, options } of SETTINGS) {
        const { ours, rival } = await inTurn(
          {
            ours: () => sample(dograh, (run) => placeByNode(dograh, run, concurrency), items),
            // It may fail. Only its calls count.
            rival: () =>
              sample(
                dograh,
                (run) => placeByHttpRequest(dograh, run, { settings: RETRIES, options }),
                items,
              ),
          },
          { samples: MIN_SAMPLES },
        );
        figures.push(...compare(concurrency, name, ours, rival));
      }
      return figures;
    });
  },
};

function compare(
  concurrency: number,
  rivalName: string,
  ours: readonly Sample[],
  rival: readonly Sample[],
): readonly Figure[] {
  // The time at which the last slots become free.
  const limitMs = (ITEMS / SLOTS - 1) * CALL_MS;
  const of = (samples: readonly Sample[], name: keyof Sample): readonly number[] =>
    samples.map((one) => one[name]);
  const took = median(of(ours, 'lastAcceptedMs'));
  const runs = `Of ${ours.length} runs.`;
  const wrong = (what: string, name: 'lost' | 'doubled'): Figure => ({
    what: `${what}, ${concurrency} at once`,
    unit: 'calls',
    ours: sum(of(ours, name)),
    rival: { name: rivalName, value: sum(of(rival, name)) },
    goal: { of: 'ours', is: 'at most', limit: 0 },
    note: runs,
    // With more calls at once, more can go wrong.
    isDetail: concurrency < Math.max(...SETTINGS.map((one) => one.concurrency)),
  });
  return [
    {
      what: `Last call accepted, ${concurrency} at once`,
      unit: 's',
      ours: took,
      rival: { name: 'the physical limit', value: limitMs },
      ratio: took / limitMs,
      goal: { of: 'ratio', is: 'at most', limit: 1.2 },
      note: `Median of ${ours.length} runs (${writeRange(of(ours, 'lastAcceptedMs'), 's')}). The HTTP Request node places its last call after ${write(median(of(rival, 'lastAcceptedMs')), 's')}.`,
    },
    wrong('Lost', 'lost'),
    wrong('Doubled', 'doubled'),
    {
      what: `Requests per call, ${concurrency} at once`,
      unit: 'requests',
      ours: median(of(ours, 'requestsPerLead')),
      rival: { name: rivalName, value: median(of(rival, 'requestsPerLead')) },
      ratio: median(of(ours, 'requestsPerLead')) / median(of(rival, 'requestsPerLead')),
      goal: { of: 'ours', is: 'at most', limit: 1.5 },
      note: `Median of ${ours.length} runs.`,
    },
  ];
}

async function sample(
  dograh: DograhProcess,
  run: (items: readonly IDataObject[]) => Promise<unknown>,
  items: readonly IDataObject[],
): Promise<Sample> {
  await dograh.tally();
  const begin = Date.now();
  await run(items);
  const { calls, doubled, requests, lastCallAt }: DograhTally = await dograh.tally();
  return {
    lastAcceptedMs: lastCallAt - begin,
    lost: items.length - (calls - doubled),
    doubled,
    requestsPerLead: requests / (calls - doubled),
  };
}
