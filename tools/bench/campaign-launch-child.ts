/** Launches a campaign, and reports what that took. */
import axios from 'axios';
import type { Clock, ContactInput } from '@dograh/shared';
import { systemClock } from '@dograh/shared/system-clock';
import { createWorld } from '../simulator';
import { clientTo } from '../support/client-to';
import type { LaunchCost, LaunchOrder } from './campaign-launch';

/** Its text has one variable without a fallback: `customer_name`. */
const { triggerOnlyInDraft: agent } = createWorld().agents;
/** Enough to load and compile the code before the measurement. */
const WARM_UP = 200;

process.once('message', (order: LaunchOrder) => {
  void measure(order).then((cost) => {
    process.send?.(cost, () => process.exit());
  });
});

/** The pauses wait for Dograh's transactions. They are the same for any number of contacts. */
const withoutPauses: Clock = {
  now: () => systemClock.now(),
  random: () => systemClock.random(),
  uuid: () => systemClock.uuid(),
  sleep: () => Promise.resolve(),
};

async function measure(order: LaunchOrder): Promise<LaunchCost> {
  await run({ ...order, contacts: WARM_UP }, people(WARM_UP), () => undefined);
  const contacts = people(order.contacts);
  const before = liveBytes();
  let highest = before;
  let requests = 0;
  let measuringMs = 0;
  const began = performance.now();
  await run(order, contacts, () => {
    requests += 1;
    const measured = performance.now();
    highest = Math.max(highest, liveBytes());
    measuringMs += performance.now() - measured;
  });
  const ms = performance.now() - began - measuringMs;
  // Read here, so that the contacts stay in memory until now, as in a host.
  if (contacts.length === 0) throw new Error('There are no contacts.');
  return { ms, requests, bytes: highest - before };
}

type Run = (
  order: LaunchOrder,
  contacts: readonly ContactInput[],
  onRequest: () => void,
) => Promise<unknown>;

const run: Run = (order, ...rest) => RUN[order.by](order, ...rest);

const RUN: Readonly<Record<LaunchOrder['by'], Run>> = {
  client: ({ url, apiKey }, contacts, onSend) =>
    clientTo(url, { apiKey, clock: withoutPauses, onSend }).launchCampaign({
      name: 'Bench',
      reference: crypto.randomUUID(),
      agent: { by: 'agentUuid', value: agent.uuid },
      contacts,
      nameOfContact: (index) => `Contact ${index}`,
    }),
  axios: async ({ url, apiKey }, contacts, onRequest) => {
    const api = axios.create({ baseURL: `${url}/api/v1`, headers: { 'X-API-Key': apiKey } });
    const post = async (path: string, body?: object): Promise<Record<string, string>> => {
      onRequest();
      return (await api.post<Record<string, string>>(path, body)).data;
    };
    const rows = contacts.map(
      ({ phoneNumber, context }) =>
        `${String(phoneNumber)},${String(context?.mapped?.['customer_name'])}`,
    );
    const file = ['phone_number,customer_name', ...rows].join('\n');
    const { upload_url: address = '', file_key: key } = await post('/s3/presigned-upload-url', {
      file_name: 'contacts.csv',
      file_size: Buffer.byteLength(file),
      content_type: 'text/csv',
    });
    onRequest();
    await axios.put(address, file, { headers: { 'Content-Type': 'text/csv' } });
    const campaign = { name: 'Bench', workflow_id: agent.id, source_type: 'csv', source_id: key };
    const { id } = await post('/campaign/create', campaign);
    await post(`/campaign/${String(id)}/start`);
  },
};

function people(count: number): ContactInput[] {
  return Array.from({ length: count }, (_, index) => ({
    phoneNumber: `+1212${2_000_000 + index * 101}`,
    context: { mapped: { customer_name: `Person ${index}` } },
  }));
}

function liveBytes(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
