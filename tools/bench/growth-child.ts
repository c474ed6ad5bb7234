/** Runs n8n's engine on many items, and reports how much memory that took. */
import { setTimeout as delay } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import type { NodeOutcome } from '../hosts/n8n/engine';
import type { DograhAddress } from './dograh-process';
import type { Growth, GrowthOrder } from './growth';
import { median } from './in-turn';
import { placeByAxios, waitByAxios } from './through-axios';
import { leads, placeByHttpRequest, placeByNode } from './through-n8n';

const SAMPLE_INTERVAL_MS = 200;
const AT_ONCE = 100;
/** The time between the starts of two runs that wait together. */
const STARTS_MS = 1000;

process.once('message', (order: GrowthOrder) => {
  void measure(order).then((grown) => {
    process.send?.(grown, () => process.exit());
  });
});

async function measure(order: GrowthOrder): Promise<Growth> {
  // The first run loads and compiles code, which is not the items' memory. It does not wait for calls.
  await RUN[order.by].warmUp(order, leads(AT_ONCE));
  const items = leads(order.items);
  const before = liveBytes();
  const seen: number[] = [];
  const timer = setInterval(() => {
    seen.push(liveBytes());
  }, SAMPLE_INTERVAL_MS);
  const outcome = await RUN[order.by].run(order, items);
  seen.push(liveBytes());
  clearInterval(timer);
  // Read here, so that it stays in memory until now, as in n8n.
  if (outcome.length === 0) throw new Error('The run has no result.');
  return { highest: Math.max(...seen) - before, usual: median(seen) - before };
}

type Run = (dograh: DograhAddress, items: readonly IDataObject[]) => Promise<readonly unknown[]>;

const byHttp: Run = async (dograh, items) => [good(await placeByHttpRequest(dograh, items))];

const byNode: Run = async (dograh, items) => [good(await placeByNode(dograh, items, AT_ONCE))];

const waiting: Run = async (dograh, items) => [
  good(await placeByNode(dograh, items, AT_ONCE, { operation: 'triggerAndWait' })),
];

/** Several runs that wait together, with `apartMs` between their starts. */
function severalOf(one: Run, apartMs: number): Run {
  return async (dograh, items) => {
    const runs = Array.from({ length: items.length / AT_ONCE }, async (_, index) => {
      await delay(index * apartMs);
      return one(dograh, items.slice(index * AT_ONCE, (index + 1) * AT_ONCE));
    });
    return Promise.all(runs);
  };
}

const RUN: Readonly<Record<GrowthOrder['by'], { readonly warmUp: Run; readonly run: Run }>> = {
  http: { warmUp: byHttp, run: byHttp },
  node: { warmUp: byNode, run: byNode },
  waiting: { warmUp: byNode, run: severalOf(waiting, STARTS_MS) },
  'waiting from one moment on': { warmUp: byNode, run: severalOf(waiting, 0) },
  polling: {
    warmUp: (dograh, items) => placeByAxios(dograh, items, AT_ONCE),
    run: severalOf(waitByAxios, STARTS_MS),
  },
};

function good(outcome: NodeOutcome): NodeOutcome {
  const { status, error } = outcome;
  if (status !== 'success') throw error ?? new Error(`A run ended as ${status}.`);
  return outcome;
}

function liveBytes(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
