import { startSimulator, type Simulator } from '../../tools/simulator';
import { hideRuns } from '../behaviour/call-requests';
import { hurryWaits, timeLimits } from '../support/host-time';
import { callForm, credentialsFor } from '../../tools/hosts/n8n/call-form';
import { runDograhNode, type NodeOutcome } from '../../tools/hosts/n8n/engine';
import { shownBy } from '../../tools/hosts/n8n/host';

describe('Request Timeout', () => {
  let simulator: Simulator;

  hurryWaits();
  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
    timeLimits.passWhileWaitingFor(simulator);
  });
  afterAll(() => simulator.stop());

  const run = (timeoutSeconds: number | string): Promise<NodeOutcome> =>
    runDograhNode({
      parameters: callForm({ options: { timeoutSeconds } }),
      credentials: credentialsFor(simulator),
    });

  it('ends a request, and then the call is searched for', async () => {
    simulator.faults.add({ on: 'call', fault: { kind: 'silence', callPlaced: true } });
    const { outputs } = await run(7.5);

    expect(outputs[0]?.[0]?.json).toMatchObject({ recovered: true });
    expect(simulator.callRequests).toHaveLength(1);
    expect(new Set(timeLimits.asked)).toEqual(new Set([7_500]));
  });

  it('is named in the error', async () => {
    simulator.faults.add({ on: 'call', fault: { kind: 'silence', callPlaced: false } });
    hideRuns(simulator);

    expect(shownBy(await run(7.5))).toMatch(/did not answer within 7\.5 seconds/);
  });

  it.each([0, -1, 601, 'soon'])('is rejected before any request if it is %p', async (seconds) => {
    expect(shownBy(await run(seconds))).toMatch(
      /Request Timeout must be a number of seconds, not /,
    );
    expect(simulator.requests).toHaveLength(0);
  });

  it('is 30 seconds by default', async () => {
    await runDograhNode({ parameters: callForm(), credentials: credentialsFor(simulator) });

    expect(timeLimits.asked).toEqual([30_000]);
  });
});
