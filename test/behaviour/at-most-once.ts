import { hurryWaits } from '../support/host-time';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { hideRuns } from './call-requests';
import type { Host, HostCall, HostOutcome } from '../../tools/hosts/host';

/** Registers the tests of how often a phone rings, for either host. */
export function callsAtMostOnce(host: Host): void {
  describe(`a call through ${host.name}`, () => {
    let simulator: Simulator;

    hurryWaits();
    beforeAll(async () => {
      simulator = await startSimulator();
    });
    beforeEach(() => {
      simulator.reset();
    });
    afterAll(() => simulator.stop());

    const call = (changes: Partial<HostCall> = {}): Promise<HostOutcome> =>
      host.triggerCall({
        apiKey: simulator.world.acme.apiKey,
        baseUrl: simulator.url,
        agent: { by: 'triggerId', value: 'lead-qualifier' },
        phoneNumber: '+14155550123',
        ...changes,
      });
    const answerIsLost = (): void => {
      const fault = { kind: 'reset', callPlaced: true, moment: 'after-placing' } as const;
      simulator.faults.add({ on: 'call', fault });
    };

    it('is found if its answer was lost', async () => {
      answerIsLost();

      expect(await call()).toMatchObject({
        ok: true,
        output: {
          workflow_run_id: simulator.calls[0]?.runId,
          agent_name: 'Lead Qualifier',
          recovered: true,
          skipped: false,
        },
      });
      expect(simulator.callRequests).toHaveLength(1);
    });

    it('is reported as unknown if its answer was lost and it cannot be found', async () => {
      answerIsLost();
      hideRuns(simulator);

      expect(await call()).toMatchObject({
        ok: false,
        shown: expect.stringMatching(/not known whether[^]*list of runs failed[^]*dashboard/),
      });
      expect(simulator.callRequests).toHaveLength(1);
    });

    it('with the same reference is skipped and returns the earlier run', async () => {
      const once = { callReference: 'lead-42', skipIfCalledWithin: 24 };
      await call(once);

      expect(await call(once)).toMatchObject({
        ok: true,
        output: { workflow_run_id: simulator.calls[0]?.runId, recovered: false, skipped: true },
      });
      expect(simulator.calls).toHaveLength(1);
    });

    it('with another reference is placed', async () => {
      await call({ callReference: 'lead-42', skipIfCalledWithin: 24 });

      expect(await call({ callReference: 'lead-43', skipIfCalledWithin: 24 })).toMatchObject({
        output: { skipped: false },
      });
      expect(simulator.calls).toHaveLength(2);
    });

    it('is not placed if the check for an earlier call fails', async () => {
      hideRuns(simulator);

      expect(await call({ callReference: 'lead-42', skipIfCalledWithin: 24 })).toMatchObject({
        ok: false,
        shown: expect.stringMatching(
          /^The check for an earlier call to .* failed: [^]*This number was not dialed/,
        ),
      });
      expect(simulator.callRequests).toHaveLength(0);
    });
  });
}
