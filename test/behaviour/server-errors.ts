import { startSimulator, type FaultTarget, type Simulator } from '../../tools/simulator';
import type { Host, HostCall, HostOutcome } from '../../tools/hosts/host';
import { hideRuns } from './call-requests';

const SECRET = "SELECT name FROM contacts WHERE name = 'Ann Lee'";

/** Every shape of a body that a server error can have. */
const BODIES = [
  ['a text', { detail: `failed: ${SECRET}` }],
  ['a list', { detail: [{ loc: ['query', 'filters'], msg: SECRET }] }],
  ['an object', { detail: { message: SECRET, errors: [{ msg: SECRET }] } }],
  ['a page', `<html><body>${SECRET}</body></html>`],
  ['plain text', SECRET],
] as const;

/** Zapier itself logs each response, for the owner of the app. */
function withoutRequestLog(stored: string): string {
  return stored.replace(/^.*"log_type":"http".*$/gm, '');
}

/** Registers the tests of what either host shows after an error of Dograh's server. */
export function hidesServerErrors(host: Host): void {
  describe(`a server error in ${host.name}`, () => {
    let simulator: Simulator;

    beforeAll(async () => {
      simulator = await startSimulator();
    });
    beforeEach(() => {
      simulator.reset();
    });
    afterAll(() => simulator.stop());

    const callDuring = (
      on: FaultTarget,
      status: number,
      body: unknown,
      more: Partial<HostCall> = {},
    ): Promise<HostOutcome> => {
      const fault = { kind: 'status', callPlaced: false, status, body } as const;
      simulator.faults.add({ on, fault, times: Infinity });
      return host.triggerCall({
        apiKey: simulator.world.acme.apiKey,
        baseUrl: simulator.url,
        agent: { by: 'agentUuid', value: simulator.world.agents.leadQualifier.uuid },
        phoneNumber: '+14155550123',
        requireVariables: false,
        ...more,
      });
    };
    const expectNothingOf = (outcome: HostOutcome): void => {
      if (outcome.ok) throw new Error(`placed: ${JSON.stringify(outcome.output)}`);
      expect(outcome.shown).toContain('answered 500');
      expect(outcome.shown).not.toMatch(/SELECT|contacts|Ann/);
      expect(withoutRequestLog(outcome.stored)).not.toMatch(/SELECT|contacts|Ann/);
    };

    describe.each(BODIES)('with %s', (_what, body) => {
      it('shows nothing of it after a call, whose outcome is unknown', async () => {
        hideRuns(simulator);
        const outcome = await callDuring('call', 500, body);

        expectNothingOf(outcome);
        expect(outcome).toMatchObject({
          shown: expect.stringContaining('It is not known whether'),
        });
        expect(simulator.callRequests).toHaveLength(1);
      });

      it('shows nothing of it after a search for an earlier call', async () => {
        const earlier = { callReference: 'lead-7', skipIfCalledWithin: 24 };

        expectNothingOf(await callDuring('runs', 500, body, earlier));
        expect(simulator.callRequests).toEqual([]);
      });

      it('shows nothing of it after reading the agent', async () => {
        expectNothingOf(await callDuring('agents', 500, body, { requireVariables: true }));
        expect(simulator.callRequests).toEqual([]);
      });
    });
  });
}
