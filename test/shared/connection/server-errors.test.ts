import type { DograhClient } from '@dograh/shared';
import { startSimulator, type FaultTarget, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { DrivenClock } from '../../support/clocks';
import { rejectionOf } from '../../support/refusal';

const SQL = "SELECT name FROM contacts WHERE name = 'Ann Lee'";

let simulator: Simulator;
let runId: number;

beforeAll(async () => {
  simulator = await startSimulator();
});
beforeEach(() => {
  simulator.reset();
  ({ runId } = simulator.addRun());
});
afterAll(() => simulator.stop());

const READS: readonly (readonly [string, FaultTarget, (client: DograhClient) => unknown])[] = [
  ['the check of the key', 'context', (client) => client.checkConnection()],
  ['a run', 'run', (client) => client.getRun(runId)],
  ['the list of runs', 'runs', (client) => client.listRuns().next()],
  ['the list of agents', 'agents', (client) => client.listAgents()],
  ['the dispositions', 'dispositions', (client) => client.listDispositions()],
  ['telephony configurations', 'telephony', (client) => client.listTelephonyConfigurations()],
  ['caller IDs', 'telephony', (client) => client.listPhoneNumbers(11)],
  ['the address of a recording', 'artifact', (client) => client.openRecording(runId, 'mixed')],
  ['a recording', 'storage', (client) => client.openRecording(runId, 'mixed')],
];

describe.each(READS)('a failure to read %s', (_what, on, read) => {
  const failureWith = (status: number): ReturnType<typeof rejectionOf> => {
    const fault = { kind: 'status', callPlaced: false, status, body: { detail: SQL } } as const;
    simulator.faults.add({ on, fault, times: Infinity });
    const { apiKey } = simulator.world.acme;
    const client = clientTo(simulator.url, { apiKey, clock: new DrivenClock() });
    return rejectionOf(Promise.resolve(read(client)));
  };

  it.each([500, 503])('with %i shows no text of the response', async (status) => {
    const error = await failureWith(status);

    expect(error).toMatchObject({ kind: 'Server', status, callPlaced: 'no' });
    expect(error.message).toContain(`answered ${status}`);
    expect(`${JSON.stringify(error)} ${error.stack ?? ''}`).not.toMatch(/SELECT|contacts|Ann/);
  });

  it.each([
    [500, false, /^The same request will probably fail again/],
    [502, true, /^Try again later/],
    [503, true, /^Try again later/],
    [504, true, /^Try again later/],
  ])('with %i has retryable: %p', async (status, retryable, hint) => {
    const error = await failureWith(status);

    expect(error).toMatchObject({ kind: 'Server', retryable });
    expect(error.hint).toMatch(hint);
  });
});
