import axios from 'axios';
import type { IDataObject } from 'n8n-workflow';
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
