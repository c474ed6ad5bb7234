import type { StoredExecution, WorkflowFile } from '../../tools/n8n-server/n8n-rest';
import { N8nServer, WITH_SHORT_WAITS } from '../../tools/n8n-server/n8n-server';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { until } from './until';
import { nothing, rows, webhook, type NewNode } from '../../tools/n8n-server/workflow-nodes';
import { dograh, workflowOf } from './workflows';

const ANN = '+14155550131';
const BEN = '+14155550132';
const CALLED_BEFORE = { skipped: true, skip_reason: 'called_before' };
const WAITING = { parameters: { operation: 'triggerAndWait', pollSeconds: 2 } };

describe('an execution that ended during the node', () => {
  let n8n: N8nServer;
  let simulator: Simulator;
  let credential: string;

  beforeAll(async () => {
    n8n = await N8nServer.start(WITH_SHORT_WAITS);
    simulator = await startSimulator({ dialMs: 10, ringMs: 10, callDurationMs: 600_000 });
    credential = await n8n.rest.createCredential('dograhApi', 'Dograh', {
      apiKey: simulator.world.acme.apiKey,
      baseUrl: simulator.url,
    });
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterEach(() => {
    expect(simulator.contractViolations).toEqual([]);
  });
  afterAll(async () => {
    await n8n.stop();
    await simulator.stop();
  });

  const workflow = (
    path: string,
    { parameters, ...node }: Partial<NewNode>,
    settings: WorkflowFile['settings'] = {},
  ): WorkflowFile =>
    workflowOf(
      path,
      [webhook(path), rows, { ...dograh(credential, parameters), ...node }, nothing('Next')],
      { Webhook: [['Rows']], Rows: [['Dograh']], Dograh: [['Next']] },
      settings,
    );
  const begin = async (file: WorkflowFile): Promise<string> => {
    const stored = await n8n.rest.createWorkflow(file);
    await n8n.rest.activate(stored);
    void n8n.rest.webhook(file.name, { rows: [{ phone: ANN }, { phone: BEN }] });
    return stored.id;
  };
  const ended = (workflowId: string): Promise<StoredExecution> =>
    until('the execution to end', async () => {
      const [found] = await n8n.rest.executionsOf(workflowId);
      return found && !['new', 'running'].includes(found.status) ? found : undefined;
    });
  const dialed = (): string[] => simulator.calls.map(({ phoneNumber }) => phoneNumber);
  const called = (count: number): Promise<true> =>
    until('the calls', () => (simulator.calls.length >= count ? true : undefined));
  const output = async ({ id }: StoredExecution): Promise<readonly unknown[]> => {
    const { data } = await n8n.rest.execution(id);
    const items = data.resultData.runData['Dograh']?.at(-1)?.data?.['main']?.[0] ?? [];
    return items.map(({ json }) => json);
  };
  const stopByHand = async (workflowId: string): Promise<StoredExecution> => {
    const [running] = await n8n.rest.executionsOf(workflowId);
    await n8n.rest.stop(running?.id ?? '');
    return ended(workflowId);
  };

  /** n8n stores nothing that a stopped execution has done. A retry starts with the first node. */
  describe('because a person stopped it', () => {
    it('waits for its own call in a retry, and calls the row that was not called', async () => {
      const id = await begin(workflow('stop-waiting', WAITING));
      await called(1);
      const stopped = await stopByHand(id);
      const { data } = await n8n.rest.execution(stopped.id);
      await n8n.rest.changeWorkflow(id, workflow('stop-waiting', {}));
      const retried = await n8n.rest.retry(stopped.id);
      const [ann, ben] = simulator.calls;

      expect(stopped.status).toBe('canceled');
      expect(data.resultData.runData).toEqual({});
      expect(data.executionData?.contextData).toEqual({});
      expect(dialed()).toEqual([ANN, BEN]);
      expect(await output(retried)).toMatchObject([
        { workflow_run_id: ann?.runId, ...CALLED_BEFORE },
        { workflow_run_id: ben?.runId, skipped: false },
      ]);
    });

    it('dials nobody again in a retry if a call had no response yet', async () => {
      const answered = { kind: 'latency', callPlaced: true, ms: 1, delayed: 'answer' } as const;
      simulator.faults.add({ on: 'call', fault: answered });
      simulator.faults.add({ on: 'call', fault: { kind: 'silence', callPlaced: true } });
      const id = await begin(workflow('stop-calling', {}));
      await called(2);
      const stopped = await stopByHand(id);
      const retried = await n8n.rest.retry(stopped.id);

      expect(stopped.status).toBe('canceled');
      expect(dialed()).toEqual([ANN, BEN]);
      expect(await output(retried)).toMatchObject(
        simulator.calls.map(({ runId }) => ({ workflow_run_id: runId, ...CALLED_BEFORE })),
      );
    });
  });

  it('keeps the run IDs after a timeout with On Error: Continue, and dials nobody again', async () => {
    const node = { ...WAITING, onError: 'continueRegularOutput' } as const;
    const id = await begin(workflow('timeout', node, { executionTimeout: 2 }));
    const over = await ended(id);
    const retried = await n8n.rest.retry(over.id);
    const [ann] = simulator.calls;
    const items = [
      { details: { kind: 'Cancelled', runId: ann?.runId } },
      { details: { kind: 'Cancelled', callPlaced: 'no' } },
    ];

    expect([over.status, retried.status]).toEqual(['canceled', 'success']);
    expect(await output(over)).toMatchObject(items);
    expect(await output(retried)).toMatchObject(items);
    expect(dialed()).toEqual([ANN]);
  });
});
