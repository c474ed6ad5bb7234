import { setTimeout as delay } from 'node:timers/promises';
import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';
import { createWorld } from '../simulator';
import type { DograhAddress } from './dograh-process';
import { TRIGGER } from './through-n8n';

/**
 * As few lines as place calls at all, so many at once: what no client can beat that is made with axios. Nothing is
 * checked, and nothing is kept but the run IDs.
 */
export async function placeByAxios(
  { url, apiKey }: DograhAddress,
  items: readonly IDataObject[],
  concurrency: number,
): Promise<readonly number[]> {
  const rest = items.entries();
  const runIds: number[] = [];
  const worker = async (): Promise<void> => {
    for (const [index, { phone, name, company }] of rest) {
      const { data } = await axios.post<{ workflow_run_id: number }>(
        `${url}/api/v1/public/agent/${TRIGGER}`,
        { phone_number: phone, initial_context: { customer_name: name, company } },
        { headers: { 'X-API-Key': apiKey } },
      );
      runIds[index] = data.workflow_run_id;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return runIds;
}

export const LOOK_EVERY_MS = 5000;

/**
 * Places calls, all at once, and looks at each again and again until it is over, as a poll written by hand does. The
 * first looks are spread over the time between two, so that they do not all use connections in the same moment.
 */
export async function waitByAxios(
  dograh: DograhAddress,
  items: readonly IDataObject[],
): Promise<readonly Answer[]> {
  const runIds = await placeByAxios(dograh, items, items.length);
  return Promise.all(
    runIds.map(async (runId, index) => {
      await delay((index / runIds.length) * LOOK_EVERY_MS);
      await lookUntilOver(dograh, runId);
      return { runId, at: Date.now() };
    }),
  );
}

/** The moment in which a client that waited learned that the call was over. */
export interface Answer {
  readonly runId: number;
  /** In milliseconds since 1970. */
  readonly at: number;
}

const AGENT_ID = createWorld().agents.leadQualifier.id;

async function lookUntilOver({ url, apiKey }: DograhAddress, runId: number): Promise<void> {
  for (;;) {
    await delay(LOOK_EVERY_MS);
    const { data } = await axios.get<{ is_completed: boolean }>(
      `${url}/api/v1/workflow/${AGENT_ID}/runs/${runId}`,
      { headers: { 'X-API-Key': apiKey } },
    );
    if (data.is_completed) return;
  }
}
