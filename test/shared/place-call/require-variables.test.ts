import { startSimulator, type Simulator } from '../../simulator';
import { clientTo } from '../client-to';
import { DrivenClock } from '../driven-clock';
import { rejectionOf } from '../refusal';

describe('a call that requires its variables', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterAll(() => simulator.stop());

  /** As Zapier gives an operation 25 seconds, with a Dograh that takes so long for each request. */
  const place = (msPerRequest: number): Promise<unknown> => {
    const clock = new DrivenClock(0, undefined, Date.now());
    const { apiKey } = simulator.world.acme;
    const client = clientTo(simulator.url, {
      apiKey,
      clock,
      operationMs: 25_000,
      onSend: () => {
        clock.advance(msPerRequest);
      },
    });
    return client.placeCall({
      agent: { by: 'agentUuid', value: simulator.world.agents.leadQualifier.uuid },
      phoneNumber: '+14155550123',
      context: { json: { first_name: 'Ann', email: 'a@b.c', company: { name: 'Acme' } } },
      requireVariables: true,
    });
  };

  it('is placed where there is time for both, the check and the call', async () => {
    await place(7_000);

    expect(simulator.calls).toHaveLength(1);
  });

  it('is not placed any more where the check took most of the time', async () => {
    const refusal = await rejectionOf(place(9_000));

    expect(refusal).toMatchObject({ kind: 'Network', callPlaced: 'no', retryable: true });
    expect(refusal.message).toMatch(/too slowly to go on within the time/);
    expect(simulator.callRequests).toHaveLength(0);
  });
});
