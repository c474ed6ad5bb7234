import type { IDataObject } from 'n8n-workflow';
import { withDograh, type DograhProcess, type DograhTally } from './dograh-process';
import { write, type Benchmark } from './figure';
import { FEWEST_SAMPLES, inTurn, median, range } from './in-turn';
import { leads, placeByHttpRequest, placeByNode } from './through-n8n';

const WHAT = 'a concurrency limit of 10';
const ITEMS = 500;
const PLACES = 10;
const CALL_MS = 200;
/** As many workers as places: more would only ask in vain. */
const CONCURRENCY = 10;
/** What n8n proposes when Retry On Fail is turned on. */
const RETRIES = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1000 };

interface Sample {
  /** From the start of the run to the last call that was accepted, in milliseconds. */
  readonly lastAcceptedMs: number;
  readonly lost: number;
  readonly doubled: number;
  readonly requestsPerCall: number;
}

/** Many leads, and an account that may hold few calls at once: who gets all of them called, once, and when? */
export const concurrencyLimit: Benchmark = {
  name: WHAT,
  about: `${ITEMS} items, and ${PLACES} calls of ${CALL_MS} ms at once. Our node places ${CONCURRENCY} at once and waits for places; the HTTP Request node sends all at once and tries ${RETRIES.maxTries} times, each time all items again. The physical limit is ${ITEMS} × ${CALL_MS} ms / ${PLACES}; what ours needs beyond it are the moments between a place that comes free and the next look for one. Lost are leads that nobody called, doubled are calls to somebody who was called before.`,
  async measure() {
    const setup = { answerMs: 5, callMs: CALL_MS, concurrentCalls: PLACES };
    return withDograh(setup, async (dograh) => {
      const items = leads(ITEMS);
      const { ours, rival } = await inTurn(
        {
          ours: () => sample(dograh, (run) => placeByNode(dograh, run, CONCURRENCY), items),
          // It fails in the end; what it did until then is what counts.
          rival: () => sample(dograh, (run) => placeByHttpRequest(dograh, run, RETRIES), items),
        },
        { samples: FEWEST_SAMPLES },
      );
      const limitMs = (ITEMS * CALL_MS) / PLACES;
      const of = (samples: readonly Sample[], name: keyof Sample): number =>
        median(samples.map((one) => one[name]));
      const http = 'HTTP Request node, Retry On Fail';
      const runs = `Medians of ${ours.length} runs.`;
      const times = range(ours.map((one) => one.lastAcceptedMs)).map((one) => write(one, 's'));
      return [
        {
          what: 'Time to the last accepted call',
          unit: 's',
          ours: of(ours, 'lastAcceptedMs'),
          rival: { name: 'the physical limit', value: limitMs },
          ratio: of(ours, 'lastAcceptedMs') / limitMs,
          goal: { of: 'ratio', is: 'at most', limit: 1.2 },
          note: `${runs} Ours took ${times.join(' to ')}. The HTTP Request node places its last call after ${write(of(rival, 'lastAcceptedMs'), 's')}, and gives up.`,
        },
        {
          what: 'Leads that nobody called',
          unit: 'calls',
          ours: of(ours, 'lost'),
          rival: { name: http, value: of(rival, 'lost') },
          goal: { of: 'ours', is: 'at most', limit: 0 },
          note: runs,
        },
        {
          what: 'Calls to somebody who was called before',
          unit: 'calls',
          ours: of(ours, 'doubled'),
          rival: { name: http, value: of(rival, 'doubled') },
          goal: { of: 'ours', is: 'at most', limit: 0 },
          note: runs,
        },
        {
          what: 'Requests for each call',
          unit: 'requests',
          ours: of(ours, 'requestsPerCall'),
          rival: { name: http, value: of(rival, 'requestsPerCall') },
          ratio: of(ours, 'requestsPerCall') / of(rival, 'requestsPerCall'),
          goal: { of: 'ours', is: 'at most', limit: 1.5 },
          note: runs,
        },
      ];
    });
  },
};

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
    requestsPerCall: requests / calls,
  };
}
