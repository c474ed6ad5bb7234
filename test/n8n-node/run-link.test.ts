import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { hurryWaits } from '../support/host-time';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { callForm, credentialsFor } from '../../tools/hosts/n8n/call-form';
import { runDograhNode } from '../../tools/hosts/n8n/engine';

const DASHBOARD = 'http://localhost:3010';

describe('the link to a run in the dashboard', () => {
  let simulator: Simulator;

  hurryWaits();
  beforeAll(async () => {
    simulator = await startSimulator({ dialMs: 1, ringMs: 1, callDurationMs: 1 });
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterEach(() => {
    expect(simulator.contractViolations).toEqual([]);
  });
  afterAll(() => simulator.stop());

  const run = async (
    parameters: INodeParameters,
    dashboardUrl = `${DASHBOARD}/`,
  ): Promise<IDataObject | undefined> => {
    const credentials = { ...credentialsFor(simulator), dashboardUrl };
    const { outputs, error } = await runDograhNode({ parameters, credentials });
    if (error !== undefined) throw error;
    return outputs[0]?.[0]?.json;
  };
  const ended = async (): Promise<void> => {
    await run(callForm());
    await simulator.waitFor(1001, 'artifacts');
  };
  const link = (): string =>
    `${DASHBOARD}/workflow/${simulator.world.agents.leadQualifier.id}/run/1001`;

  it.each(['get', 'getTranscript'])('is in the output of %s', async (operation) => {
    await ended();

    const parameters = { resource: 'run', operation, runId: '1001', simplify: false };

    expect(await run(parameters)).toMatchObject({ run_url: link() });
  });

  it('is in the output of a call with its result', async () => {
    expect(await run(callForm({ operation: 'triggerAndWait' }))).toMatchObject({ run_url: link() });
  });

  it('is null for a call that was just accepted, and costs no request', async () => {
    expect(await run(callForm())).toMatchObject({ workflow_id: null, run_url: null });
    expect(simulator.requests).toHaveLength(1);
  });

  it('is in the output of a call whose response was lost', async () => {
    simulator.faults.add({
      on: 'call',
      fault: { kind: 'reset', callPlaced: true, moment: 'after-placing' },
    });

    expect(await run(callForm())).toMatchObject({ recovered: true, run_url: link() });
  });

  it('is that of the earlier run if a call is skipped', async () => {
    const parameters = callForm({ options: { callReference: 'lead-42', skipIfCalledWithin: 24 } });
    await run(parameters);

    expect(await run(parameters)).toMatchObject({ skipped: true, run_url: link() });
  });

  it('is null if the dashboard URL is unknown', async () => {
    await ended();

    const parameters = { resource: 'run', operation: 'get', runId: 1001, simplify: false };

    expect(await run(parameters, '')).toMatchObject({
      workflow_id: simulator.world.agents.leadQualifier.id,
      run_url: null,
    });
  });

  it('rejects an invalid dashboard URL before the call', async () => {
    await expect(run(callForm(), 'localhost')).rejects.toMatchObject({
      message: 'Dashboard URL is not a web address.',
    });
    expect(simulator.requests).toHaveLength(0);
  });
});
