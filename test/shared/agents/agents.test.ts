import { startSimulator, type Fault, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { DrivenClock } from '../../support/clocks';
import { rejectionOf } from '../../support/refusal';

describe('the list of agents', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterAll(() => simulator.stop());

  const list = (): Promise<unknown> =>
    clientTo(simulator.url, {
      apiKey: simulator.world.acme.apiKey,
      clock: new DrivenClock(),
    }).listAgents();

  it('has the name of each agent, and no link if the dashboard is unknown', async () => {
    const { id, name, uuid } = simulator.world.agents.leadQualifier;

    expect(await list()).toContainEqual({ id, name, agentUuid: uuid, url: null });
  });

  it('is read again after errors of Dograh', async () => {
    simulator.faults.add({
      on: 'agents',
      fault: { kind: 'status', callPlaced: false, status: 503 },
      times: 2,
    });

    expect(await list()).not.toHaveLength(0);
    expect(simulator.requests).toHaveLength(3);
  });

  it.each<[string, Fault, string]>([
    ['a web page', { kind: 'not-json', callPlaced: true }, 'Contract'],
    ['another shape', { kind: 'off-contract', callPlaced: true, body: { agents: [] } }, 'Contract'],
    [
      'a refusal',
      { kind: 'status', callPlaced: false, status: 403, body: { detail: 'No' } },
      'PermissionDenied',
    ],
  ])('is an error after %s', async (_what, fault, kind) => {
    simulator.faults.add({ on: 'agents', fault });

    expect(await rejectionOf(list())).toMatchObject({ kind, callPlaced: 'no' });
  });
});
