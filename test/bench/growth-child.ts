/** Runs n8n's engine on many items, and tells how much memory that took at its highest. */
import { setTimeout as delay } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import type { NodeOutcome } from '../n8n-node/engine';
import type { Growth, GrowthOrder } from './growth';
import { median } from './in-turn';
import { leads, placeByHttpRequest, placeByNode } from './through-n8n';

const LOOK_MS = 200;
const AT_ONCE = 100;
/** Between the starts of two runs that wait together. */
const STARTS_MS = 1000;

process.once('message', (order: GrowthOrder) => {
  void measure(order).then((grown) => {
    process.send?.(grown, () => process.exit());
  });
});

async function measure(order: GrowthOrder): Promise<Growth> {
  // What is loaded and compiled at the first run is not the items' doing. It waits for nobody.
  await run({ ...order, by: order.by === 'http' ? 'http' : 'node' }, leads(AT_ONCE));
  const items = leads(order.items);
  const before = liveBytes();
  const seen: number[] = [];
  const timer = setInterval(() => {
    seen.push(liveBytes());
  }, LOOK_MS);
  const outcomes = await run(order, items);
  seen.push(liveBytes());
  clearInterval(timer);
  for (const { status, error } of outcomes) {
    if (status !== 'success') throw error ?? new Error(`A run ended as ${status}.`);
  }
  return { highest: Math.max(...seen) - before, usual: median(seen) - before };
}

async function run({ url, apiKey, by }: GrowthOrder, items: IDataObject[]): Promise<NodeOutcome[]> {
  const dograh = { url, apiKey };
  if (by === 'http') return [await placeByHttpRequest(dograh, items)];
  if (by === 'node') return [await placeByNode(dograh, items, AT_ONCE)];
  const runs = Array.from({ length: items.length / AT_ONCE }, async (_, index) => {
    await delay(by === 'waiting' ? index * STARTS_MS : 0);
    return placeByNode(dograh, items.slice(index * AT_ONCE, (index + 1) * AT_ONCE), AT_ONCE, {
      operation: 'triggerAndWait',
    });
  });
  return Promise.all(runs);
}

function liveBytes(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
