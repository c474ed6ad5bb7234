import { hurryWaits } from '../support/host-time';
import { printed } from './loud-logs';
import { startSimulator, type Fault, type Simulator } from '../../tools/simulator';
import { callForm, credentialsFor } from '../../tools/hosts/n8n/call-form';
import {
  everythingIn,
  runDograhNode,
  type NodeOutcome,
  type NodeRun,
} from '../../tools/hosts/n8n/engine';
import { startOtherOrigin } from '../../tools/support/servers';

hurryWaits();

describe('the API key', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
    printed.length = 0;
  });
  afterAll(() => simulator.stop());

  const run = (node: Partial<NodeRun> = {}): Promise<NodeOutcome> =>
    runDograhNode({ parameters: callForm(), credentials: credentialsFor(simulator), ...node });

  it.each([301, 302, 303, 307, 308] as const)(
    'is not sent to the target of a %i redirect, and no call is placed there',
    async (status) => {
      const elsewhere = await startOtherOrigin();
      const location = `${elsewhere.url}/api/v1/public/agent/lead-qualifier`;
      simulator.faults.add({
        on: 'call',
        fault: { kind: 'redirect', callPlaced: false, status, location },
      });
      const { error } = await run();
      await elsewhere.stop();

      expect(error?.message).toContain(`redirect (${String(status)}) to ${elsewhere.url}`);
      expect(simulator.callRequests).toHaveLength(1);
      expect(elsewhere.received).toHaveLength(0);
    },
  );

  it('reaches Dograh', async () => {
    await run();

    expect(simulator.requests[0]?.headers['x-api-key']).toBe(simulator.world.acme.apiKey);
  });

  const echo = (status: number): Fault => ({
    kind: 'status',
    callPlaced: false,
    status,
    body: { detail: `The key ${simulator.world.acme.apiKey} is not good enough` },
  });

  it.each<[string, (() => Fault) | undefined]>([
    ['a placed call', undefined],
    ['a response that repeats it', () => echo(401)],
    ['an error that repeats it', () => echo(500)],
    ['a connection reset', () => ({ kind: 'reset', callPlaced: true, moment: 'after-placing' })],
    ['an incomplete response', () => ({ kind: 'cut-off', callPlaced: true })],
    ['a web page', () => ({ kind: 'not-json', callPlaced: true, body: '<html>' })],
  ])('is in nothing that n8n stores or prints after %s', async (_what, fault) => {
    for (const onError of ['stopWorkflow', 'continueRegularOutput'] as const) {
      if (fault !== undefined) simulator.faults.add({ on: 'call', fault: fault() });
      const outcome = await run({ settings: { onError } });

      expect(simulator.requests).not.toHaveLength(0);
      expect(everythingIn(outcome)).not.toContain(simulator.world.acme.apiKey);
    }
    expect(printed).not.toHaveLength(0);
    expect(everythingIn(printed)).not.toContain(simulator.world.acme.apiKey);
  });

  it('is not repeated if it was pasted into another field', async () => {
    const { apiKey } = simulator.world.acme;
    const outcome = await run({ parameters: callForm({ phoneNumber: apiKey }) });

    expect(outcome.error?.message).toMatch(/\[API key\]/);
    expect(everythingIn(outcome.error?.message, outcome.error?.description)).not.toContain(apiKey);
  });
});
