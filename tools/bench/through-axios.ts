import { setTimeout as delay } from 'node:timers/promises';
import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';
import { createWorld } from '../simulator';
import type { DograhAddress } from './dograh-process';
import { TRIGGER } from './through-n8n';

/**
 * Places calls in as few lines as possible, `concurrency` at once. No client that uses axios can be faster. It checks
 * nothing and keeps only the run IDs.
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

export const CHECK_INTERVAL_MS = 5000;

/**
 * Places all calls at once and polls each one until it is over, as a hand-written loop does. The first checks are
 * spread over one interval, so that they do not all open connections at the same moment.
 */
export async function waitByAxios(
  dograh: DograhAddress,
  items: readonly IDataObject[],
): Promise<readonly Answer[]> {
  const runIds = await placeByAxios(dograh, items, items.length);
  return Promise.all(
    runIds.map(async (runId, index) => {
      await delay((index / runIds.length) * CHECK_INTERVAL_MS);
      await pollUntilOver(dograh, runId);
      return { runId, at: Date.now() };
    }),
  );
}

/** The time at which a waiting client noticed the end of the call. */
export interface Answer {
  readonly runId: number;
  /** In milliseconds since 1970. */
  readonly at: number;
}

const AGENT_ID = createWorld().agents.leadQualifier.id;

async function pollUntilOver({ url, apiKey }: DograhAddress, runId: number): Promise<void> {
  for (;;) {
    await delay(CHECK_INTERVAL_MS);
    const { data } = await axios.get<{ is_completed: boolean }>(
      `${url}/api/v1/workflow/${AGENT_ID}/runs/${runId}`,
      { headers: { 'X-API-Key': apiKey } },
    );
    if (data.is_completed) return;
  }
}
