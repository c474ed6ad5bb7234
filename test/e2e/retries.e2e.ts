import type { INodeParameters } from 'n8n-workflow';
import { N8nServer, WITH_SHORT_WAITS } from '../../tools/n8n-server/n8n-server';
import type { StoredExecution, WorkflowFile } from '../../tools/n8n-server/n8n-rest';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { rows, webhook, type NewNode } from '../../tools/n8n-server/workflow-nodes';
import { dograh, workflowOf } from './workflows';

const ANN = '+14155550131';
const BEN = '+14155550132';
const CLEO = '+14155550133';
/** No phone number. The node stops at it, and n8n drops the results of the rows before it. */
const BAD = '12';
const CALLED_BEFORE = { skipped: true, skip_reason: 'called_before' };

interface Edit {
  readonly phoneNumber?: string;
  readonly credential?: string;
  readonly settings?: Partial<NewNode>;
  readonly call?: INodeParameters;
}

/** Every item of the node is a call that was asked for. A retry runs the whole node again. */
describe('the retry of an execution that failed in the node', () => {
  let n8n: N8nServer;
  let simulator: Simulator;
  let other: Simulator;
  let credential: string;
  let paths = 0;

  beforeAll(async () => {
    const timing = { dialMs: 10, ringMs: 10, callDurationMs: 100 };
    n8n = await N8nServer.start(WITH_SHORT_WAITS);
    simulator = await startSimulator(timing);
    other = await startSimulator({ ...timing, firstRunId: 9001 });
    credential = await connectedTo(simulator);
  });
  beforeEach(() => {
    simulator.reset();
    other.reset();
  });
  afterEach(() => {
    expect(simulator.contractViolations).toEqual([]);
    expect(other.contractViolations).toEqual([]);
  });
  afterAll(async () => {
    await n8n.stop();
    await Promise.all([simulator.stop(), other.stop()]);
  });

  const connectedTo = ({ url, world }: Simulator): Promise<string> =>
    n8n.rest.createCredential('dograhApi', 'Dograh', { apiKey: world.acme.apiKey, baseUrl: url });
  const workflow = (path: string, edit: Edit = {}): WorkflowFile => {
    const { phoneNumber = '={{ $json.phone }}', call, settings } = edit;
    const node = dograh(edit.credential ?? credential, { phoneNumber, ...call });
    return workflowOf(path, [webhook(path), rows, { ...node, ...settings }], {
      Webhook: [['Rows']],
      Rows: [['Dograh']],
    });
  };
  /** Calls these rows. @returns what retries the newest execution by hand after an edit */
  const calling = async (
    phones: readonly string[],
    edit: Edit = {},
  ): Promise<(edit?: Edit) => Promise<StoredExecution>> => {
    const path = `retry-${(paths += 1)}`;
    const stored = await n8n.rest.createWorkflow(workflow(path, edit));
    await n8n.rest.activate(stored);
    await n8n.rest.webhook(path, { rows: phones.map((phone) => ({ phone })) });
    return async (next = {}) => {
      await n8n.rest.changeWorkflow(stored.id, workflow(path, { ...edit, ...next }));
      const [newest] = await n8n.rest.executionsOf(stored.id);
      return n8n.rest.retry(newest?.id ?? '');
    };
  };
  const dialed = (): string[] => simulator.calls.map(({ phoneNumber }) => phoneNumber);
  const runs = (): number[] => simulator.calls.map(({ runId }) => runId);
  const output = async ({ id }: StoredExecution): Promise<unknown[]> => {
    const { data } = await n8n.rest.execution(id);
    const items = data.resultData.runData['Dograh']?.at(-1)?.data?.['main']?.[0] ?? [];
    return items.map(({ json }) => json);
  };
  const errorOf = async ({ id }: StoredExecution): Promise<string> => {
    const { data } = await n8n.rest.execution(id);
    const { message = '', description = '' } = data.resultData.error ?? {};
    return `${message} ${String(description)}`;
  };
  /** Instead of the bad number, this number is called. */
  const corrected = (phone: string): Edit => ({
    phoneNumber: `={{ $json.phone === '${BAD}' ? '${phone}' : $json.phone }}`,
  });

  it('returns the earlier calls, marked and read again, and dials the others', async () => {
    const retry = await calling([ANN, BEN, BAD]);
    await Promise.all(runs().map((runId) => simulator.waitFor(runId, 'results')));
    const retried = await retry(corrected(CLEO));
    const [ann, ben, cleo] = runs();

    expect(retried.status).toBe('success');
    expect(dialed()).toEqual([ANN, BEN, CLEO]);
    expect(await output(retried)).toMatchObject([
      { workflow_run_id: ann, phone_number: ANN, status: 'completed', ...CALLED_BEFORE },
      { workflow_run_id: ben, phone_number: BEN, status: 'completed', ...CALLED_BEFORE },
      { workflow_run_id: cleo, phone_number: CLEO, status: 'initiated' },
    ]);
  });

  it('treats two rows with the same number as two calls', async () => {
    const retry = await calling([ANN, ANN, BAD]);
    const retried = await retry(corrected(ANN));
    const [first, second, third] = runs();

    expect(dialed()).toEqual([ANN, ANN, ANN]);
    expect(await output(retried)).toMatchObject([
      { workflow_run_id: first, ...CALLED_BEFORE },
      { workflow_run_id: second, ...CALLED_BEFORE },
      { workflow_run_id: third },
    ]);
  });

  it('returns a call by its number if the rows come in another order', async () => {
    const retry = await calling([ANN, BEN, BAD]);
    const swapped = `={{ ({ '${ANN}': '${BEN}', '${BEN}': '${ANN}' })[$json.phone] ?? '${CLEO}' }}`;
    const retried = await retry({ phoneNumber: swapped });
    const [ann, ben] = runs();

    expect(dialed()).toEqual([ANN, BEN, CLEO]);
    expect(await output(retried)).toMatchObject([
      { workflow_run_id: ben, phone_number: BEN, ...CALLED_BEFORE },
      { workflow_run_id: ann, phone_number: ANN, ...CALLED_BEFORE },
      { phone_number: CLEO },
    ]);
  });

  it('remembers a call after its number was edited and edited back', async () => {
    const retry = await calling([ANN, BAD]);
    await retry({ phoneNumber: `={{ $json.phone === '${ANN}' ? '${BEN}' : $json.phone }}` });
    const retried = await retry(corrected(CLEO));
    const [ann, , cleo] = runs();

    expect(dialed()).toEqual([ANN, BEN, CLEO]);
    expect(await output(retried)).toMatchObject([
      { workflow_run_id: ann, phone_number: ANN, ...CALLED_BEFORE },
      { workflow_run_id: cleo, phone_number: CLEO },
    ]);
  });

  it('dials the same people once if n8n tries the node again by itself', async () => {
    const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
    const retry = await calling([ANN, ANN, BAD], { settings });
    const retried = await retry({ ...corrected(BEN), settings });

    expect(retried.status).toBe('success');
    expect(dialed()).toEqual([ANN, ANN, BEN]);
  });

  it('dials no number again in several retries, also with several calls at once', async () => {
    const call = { options: { concurrency: 4 } };
    const retry = await calling([ANN, BEN, ANN, BAD], { call });
    await retry();
    await retry();
    const retried = await retry(corrected(CLEO));
    const results = (await output(retried)) as { workflow_run_id: number; phone_number: string }[];

    expect(dialed().toSorted()).toEqual([ANN, ANN, BEN, CLEO]);
    expect(results.map(({ phone_number: phone }) => phone)).toEqual([ANN, BEN, ANN, CLEO]);
    expect(results.map(({ workflow_run_id: id }) => id).toSorted()).toEqual(runs().toSorted());
  });

  it('gets no run of another Dograh, and dials nobody in it', async () => {
    const retry = await calling([ANN, BAD]);
    const refused = await retry({ credential: await connectedTo(other) });
    const error = await errorOf(refused);
    const retried = await retry(corrected(BEN));

    expect(refused.status).toBe('error');
    expect(error).toContain(new URL(simulator.url).host);
    expect(error).toContain(new URL(other.url).host);
    expect(other.callRequests).toEqual([]);
    expect(retried.status).toBe('success');
    expect(dialed()).toEqual([ANN, BEN]);
  });

  it('waits for an earlier call instead of placing it again', async () => {
    const call = { operation: 'triggerAndWait', pollSeconds: 2 };
    const retry = await calling([ANN, BAD], { call });
    const retried = await retry({ ...corrected(BEN), call });
    const [ann, ben] = runs();

    expect(dialed()).toEqual([ANN, BEN]);
    expect(await output(retried)).toMatchObject([
      { workflow_run_id: ann, outcome: 'answered' },
      { workflow_run_id: ben, outcome: 'answered' },
    ]);
  });
});
