import type { CallInput } from '@dograh/shared';
import { startSimulator, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { DrivenClock } from '../../support/clocks';
import { rejectionOf } from '../../support/refusal';
import { placeCall } from '../../support/place-call';

describe('a call that requires its variables', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterAll(() => simulator.stop());

  /** With Zapier's limits of 25 seconds for all and 15 for each request, and a Dograh that needs this time for each request. */
  const place = (msPerRequest: number, changes: Partial<CallInput> = {}): Promise<unknown> => {
    const clock = new DrivenClock(0, undefined, Date.now());
    const { apiKey } = simulator.world.acme;
    const client = clientTo(simulator.url, {
      apiKey,
      clock,
      operationMs: 25_000,
      timeoutMs: 15_000,
      onSend: () => {
        clock.advance(msPerRequest);
      },
    });
    return placeCall(client, {
      agent: { by: 'agentUuid', value: simulator.world.agents.leadQualifier.uuid },
      phoneNumber: '+14155550123',
      context: { json: { first_name: 'Ann', email: 'a@b.c', company: { name: 'Acme' } } },
      requireVariables: true,
      ...changes,
    });
  };

  it('is placed if there is time for the check and the call', async () => {
    await place(7_000);

    expect(simulator.calls).toHaveLength(1);
  });

  it('is not placed if the check took most of the time', async () => {
    const refusal = await rejectionOf(place(9_000));

    expect(refusal).toMatchObject({ kind: 'Network', callPlaced: 'no', retryable: true });
    expect(refusal.message).toMatch(/too slowly to finish within/);
    expect(simulator.callRequests).toHaveLength(0);
  });

  it('has the same time limit with a check for an earlier call', async () => {
    const once = { callReference: 'lead-42', skipIfCalledWithin: 24 };
    const refusal = await rejectionOf(place(7_000, once));

    expect(refusal).toMatchObject({ kind: 'Network', callPlaced: 'no', retryable: true });
    expect(simulator.callRequests).toHaveLength(0);
    await place(5_000, once);
    expect(simulator.calls).toHaveLength(1);
  });

  it('is placed in time without the check, if the check is only the default and takes too long', async () => {
    const changes = { requireVariables: undefined, context: {} };
    const result = await place(6_000, changes);

    expect(result).toMatchObject({
      notes: [expect.stringMatching(/^The variables were not checked .* too slowly to finish/)],
    });
    expect(simulator.requests).toHaveLength(2);
    expect(simulator.calls).toHaveLength(1);
  });

  it('is checked once, however long it waits for a free call slot', async () => {
    simulator.world.acme.concurrentCallLimit = 0;
    const clock = new DrivenClock(0, () => {
      simulator.world.acme.concurrentCallLimit = clock.slept.length < 3 ? 0 : 5;
    });
    const { apiKey } = simulator.world.acme;
    await placeCall(
      clientTo(simulator.url, { apiKey, clock }),
      {
        agent: { by: 'agentUuid', value: simulator.world.agents.deliveryUpdate.uuid },
        phoneNumber: '+14155550123',
        context: { json: { customer_name: 'Ann', parcel_count: 1 } },
        requireVariables: true,
      },
      { maxWaitMs: 60_000 },
    );

    expect(simulator.callRequests).toHaveLength(4);
    expect(simulator.requests).toHaveLength(6);
  });
});
