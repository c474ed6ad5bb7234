/** `npm start`: places one call through each host and prints a timeline. */
import { DograhError } from '@dograh/shared';
import type { CallRequest } from '../../shared/src/place-call/call-input';
import { clientTo } from '../support/client-to';
import { stateOf } from '../simulator/run';
import { startSimulator, type RequestRecord, type Simulator } from '../simulator';
import type { CallThroughHost, DemoCall } from './demo-call';
import { ensureBuilt } from '../support/ensure-built';
import { HELP, readOptions, type DemoOptions, type HostName, type RealDograh } from './options';
import { Timeline } from './timeline';

/** A host takes seconds to load, so that waits until its first call. */
const HOSTS: Readonly<Record<HostName, { title: string; place: CallThroughHost }>> = {
  n8n: {
    title: "n8n: the built node in n8n's own engine",
    place: async (call) => (await import('./through-n8n.js')).callThroughN8n(call),
  },
  zapier: {
    title: "Zapier: the built app in Zapier's own runtime",
    place: async (call) => (await import('./through-zapier.js')).callThroughZapier(call),
  },
};

const VARIABLES = [
  { name: 'customer.name', value: 'Ada' },
  { name: 'appointment', value: 'Tuesday at 3 pm' },
];

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

run().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`\n${sentenceFor(error)}\n`);
    process.exit(1);
  },
);

function sentenceFor(error: unknown): string {
  if (error instanceof DograhError) return error.fullMessage;
  return error instanceof Error ? error.message : String(error);
}

async function run(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options.help) {
    say(HELP);
    return;
  }
  ensureBuilt(say);
  await (options.real === undefined ? simulated(options.hosts) : real(options, options.real));
}

async function simulated(hosts: readonly HostName[]): Promise<void> {
  // The proxy of a machine cannot reach the simulator.
  process.env['NO_PROXY'] = '127.0.0.1';
  const simulator = await startSimulator();
  const timeline = new Timeline(say);
  say(
    `This takes about 10 seconds. A simulated Dograh answers at ${simulator.url}. No real phone rings.`,
  );
  printEvents(simulator, timeline);
  try {
    for (const host of hosts) {
      timeline.heading(HOSTS[host].title);
      const call = simulatedCall(simulator);
      const { workflow_run_id: runId } = await HOSTS[host].place(call);
      timeline.event(`the step's output has workflow_run_id ${runId}`);
      await simulator.waitFor(runId, 'completed');
    }
    assertPlaced(simulator, hosts.length);
    say('\nNext: npm run dev opens a real n8n with example workflows, also without a real call.');
  } finally {
    await simulator.stop();
  }
}

function simulatedCall({ url, world }: Simulator): DemoCall {
  return {
    apiKey: world.acme.apiKey,
    baseUrl: url,
    trigger: `${url}/api/v1/public/agent/${world.agents.appointmentReminder.trigger}`,
    phoneNumber: '+1 415 555 0123',
    variables: VARIABLES,
  };
}

/** Prints each request and each call state when it happens. */
function printEvents(simulator: Simulator, timeline: Timeline): void {
  simulator.onRequest((request) => {
    printRequest(request, timeline);
  });
  simulator.onChange((call) => {
    const state = stateOf(call);
    // The response to the request reports `initiated` already.
    if (state === undefined || state === 'initiated') return;
    const how = state === 'completed' ? ` (${call.disposition ?? 'no disposition'})` : '';
    timeline.event(
      `Dograh: run ${call.runId} to ${call.phoneNumber} is ${state.replace('_', ' ')}${how}`,
    );
  });
}

function printRequest(
  { method, path, body, status, answer }: RequestRecord,
  timeline: Timeline,
): void {
  timeline.event(`${method} ${path}`);
  timeline.detail('body', body);
  timeline.detail('response', `${status} ${JSON.stringify(answer)}`);
}

/** @throws Error unless the simulator placed exactly one call for each host */
function assertPlaced(simulator: Simulator, expected: number): void {
  const { length: requests } = simulator.requests;
  const { length: calls } = simulator.calls;
  if (calls !== expected || requests !== expected) {
    throw new Error(
      `Expected ${expected} calls, but the simulator received ${requests} requests and placed ${calls} calls.`,
    );
  }
  say(
    `\nExpected calls: ${expected}. Requests: ${requests}. Placed calls: ${calls}. No call was lost or placed twice.`,
  );
}

async function real({ hosts }: DemoOptions, dograh: RealDograh): Promise<void> {
  const timeline = new Timeline(say);
  const times = hosts.length === 1 ? 'once' : 'twice, once through each host';
  const call: DemoCall = { ...dograh, phoneNumber: dograh.to, variables: VARIABLES };
  const { url, body, phoneNumber } = requestFor(call);
  say(`This dials a REAL phone: ${phoneNumber}, ${times}, through ${new URL(url).origin}.`);
  for (const host of hosts) {
    timeline.heading(HOSTS[host].title);
    timeline.event(`POST ${url}`);
    timeline.detail('body', body);
    const { workflow_run_id: runId } = await HOSTS[host].place(call);
    timeline.event(`Dograh accepted the call: run ${runId}`);
  }
}

/** The request that both hosts send. A real Dograh does not show what it received. */
function requestFor({ trigger, baseUrl, apiKey, phoneNumber, variables }: DemoCall): CallRequest {
  return clientTo(baseUrl, { apiKey }).prepare({
    agent: { by: 'trigger', value: trigger },
    phoneNumber,
    context: { pairs: variables },
  }).request;
}
