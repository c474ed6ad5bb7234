import { setTimeout as delay } from 'node:timers/promises';
import type { INodeParameters } from 'n8n-workflow';
import { closedPort } from '../../tools/support/servers';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { N8nServer } from '../../tools/n8n-server/n8n-server';
import type {
  StoredExecution,
  StoredWorkflow,
  WorkflowFile,
} from '../../tools/n8n-server/n8n-rest';
import { until } from './until';
import { nothing, rows, webhook, type NewNode } from '../../tools/n8n-server/workflow-nodes';
import { dograh, dograhTrigger, switchOn, workflowOf } from './workflows';

describe('the node in a real n8n server', () => {
  let simulator: Simulator;
  let n8n: N8nServer;
  let credentialId: string;

  beforeAll(async () => {
    simulator = await startSimulator({ ringMs: 50, callDurationMs: 200 });
    n8n = await N8nServer.start();
    credentialId = await n8n.rest.createCredential('dograhApi', 'Dograh', connection());
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterEach(() => {
    expect(simulator.contractViolations).toEqual([]);
    expect(n8n.log).not.toContain(simulator.world.acme.apiKey);
  });
  afterAll(async () => {
    await n8n.stop();
    await simulator.stop();
  });

  const connection = (): { apiKey: string; baseUrl: string } => ({
    apiKey: simulator.world.acme.apiKey,
    baseUrl: simulator.url,
  });
  const connectedTo = ({ url, world }: Simulator): Promise<string> =>
    n8n.rest.createCredential('dograhApi', 'Dograh', { apiKey: world.acme.apiKey, baseUrl: url });
  const activated = async (workflow: WorkflowFile): Promise<StoredWorkflow> => {
    const stored = await n8n.rest.createWorkflow(workflow);
    await n8n.rest.activate(stored);
    return stored;
  };
  /** Calls every row of a request to `path`, then runs the nodes of `then`. */
  const calling = (
    path: string,
    parameters: INodeParameters = {},
    then: readonly NewNode[] = [],
    next: Readonly<Record<string, readonly (readonly string[])[]>> = {},
    settings: WorkflowFile['settings'] = {},
  ): Promise<StoredWorkflow> =>
    activated(
      workflowOf(
        path,
        [webhook(path), rows, dograh(credentialId, parameters), ...then],
        { Webhook: [['Rows']], Rows: [['Dograh']], ...next },
        settings,
      ),
    );
  const numbers = (count: number): string[] =>
    Array.from({ length: count }, (_, index) => `+141555501${String(index).padStart(2, '0')}`);
  const ended = (workflowId: string, count = 1): Promise<readonly StoredExecution[]> =>
    until(`${count} executions to end`, async () => {
      const all = await n8n.rest.executionsOf(workflowId);
      const over = all.filter(({ status }) => !['new', 'running', 'waiting'].includes(status));
      return over.length >= count ? over : undefined;
    });
  const dialed = (): string[] => simulator.calls.map(({ phoneNumber }) => phoneNumber);

  describe('the test button of the credential', () => {
    it('accepts the right API key', async () => {
      expect(await n8n.rest.testCredential('dograhApi', connection())).toMatchObject({
        status: 'OK',
      });
    });

    it('distinguishes a wrong API key from a wrong base URL', async () => {
      const wrongKey = { ...connection(), apiKey: 'dg_wrong_0123456789' };
      const wrongUrl = { ...connection(), baseUrl: await closedPort() };

      expect(await n8n.rest.testCredential('dograhApi', wrongKey)).toMatchObject({
        status: 'Error',
        message: expect.stringContaining('Dograh does not accept the API key'),
      });
      expect(await n8n.rest.testCredential('dograhApi', wrongUrl)).toMatchObject({
        status: 'Error',
        message: expect.stringContaining('ECONNREFUSED'),
      });
    });
  });

  it('calls 20 numbers of a webhook once each and responds with their runs', async () => {
    await calling('twenty', { options: { concurrency: 5 } });
    const answer = await n8n.rest.webhook('twenty', {
      rows: numbers(20).map((phone) => ({ phone })),
    });
    const output = answer.body as { workflow_run_id: number; phone_number: string }[];

    expect(answer.status).toBe(200);
    expect(output.map(({ phone_number: number }) => number)).toEqual(numbers(20));
    expect(dialed().toSorted()).toEqual(numbers(20));
    expect(new Set(output.map(({ workflow_run_id: id }) => id))).toEqual(
      new Set(simulator.calls.map(({ runId }) => runId)),
    );
  });

  it('waits for the results and branches by outcome', async () => {
    const [answered = '', busy = '', unanswered = '', machine = ''] = numbers(4);
    simulator.world.endings = {
      [busy]: { disposition: 'busy' },
      [unanswered]: { disposition: 'no-answer' },
      [machine]: { disposition: 'voicemail_detected' },
    };
    const outcomes = ['answered', 'busy', 'no_answer', 'voicemail'];
    const { id } = await calling(
      'branches',
      { operation: 'triggerAndWait', pollSeconds: 2, options: { concurrency: 4 } },
      [switchOn('={{ $json.outcome }}', outcomes), ...outcomes.map(nothing)],
      { Dograh: [['Switch']], Switch: outcomes.map((outcome) => [outcome]) },
    );
    await n8n.rest.webhook('branches', { rows: numbers(4).map((phone) => ({ phone })) });
    const [execution] = await ended(id);
    const { data } = await n8n.rest.execution(execution?.id ?? '');
    const reached = (node: string): unknown[] =>
      (data.resultData.runData[node]?.[0]?.data?.['main']?.[0] ?? []).map(
        ({ json }) => json['phone_number'],
      );

    expect(outcomes.map(reached)).toEqual([[answered], [busy], [unanswered], [machine]]);
    expect(dialed()).toHaveLength(4);
  });

  it('starts the error workflow when Dograh refuses a call', async () => {
    const failures = await activated(
      workflowOf(
        'failures',
        [{ ...nothing('Error'), type: 'n8n-nodes-base.errorTrigger', name: 'Error' }],
        {},
      ),
    );
    simulator.world.acme.quotaExhausted = 'No credit left';
    await calling('refused', {}, [], {}, { errorWorkflow: failures.id });
    await n8n.rest.webhook('refused', { rows: [{ phone: '+14155550123' }] });
    const [execution] = await ended(failures.id);
    const { data } = await n8n.rest.execution(execution?.id ?? '');
    const told = JSON.stringify(data.resultData.runData['Error']?.[0]?.data?.['main']);

    expect(told).toContain('No credit left');
    expect(told).not.toContain(simulator.world.acme.apiKey);
    expect(dialed()).toEqual([]);
  });

  describe('the form', () => {
    const ask = (kind: string, methodName: string, parameters = {}, more = {}): Promise<unknown> =>
      n8n.rest.dynamicParameters(kind, {
        path: 'parameters.any',
        methodName,
        nodeTypeAndVersion: { name: 'n8n-nodes-dograh.dograh', version: 1 },
        currentNodeParameters: { ...dograh(credentialId).parameters, ...parameters },
        credentials: { dograhApi: { id: credentialId, name: 'Dograh' } },
        ...more,
      });

    it('lists the agents that match the search text', async () => {
      const { leadQualifier } = simulator.world.agents;

      expect(
        await ask('resource-locator-results', 'searchAgents', {}, { filter: 'qualif' }),
      ).toMatchObject({ results: [{ name: 'Lead Qualifier', value: leadQualifier.uuid }] });
    });

    it('has a field for each variable of the agent', async () => {
      const { fields } = (await ask('resource-mapper-fields', 'getAgentVariables')) as {
        fields: { id: string }[];
      };

      expect(fields.map(({ id }) => id)).toEqual([
        'first_name',
        'company.name',
        'company.employees',
        'owner.name',
        'email',
      ]);
    });

    it('lists the telephony configurations and the phone numbers of one', async () => {
      const { acmeBackup } = simulator.world.telephony;
      const options = { telephonyConfigurationId: acmeBackup.id };

      expect(await ask('options', 'getTelephonyConfigurations')).toEqual(
        expect.arrayContaining([expect.objectContaining({ value: acmeBackup.id })]),
      );
      expect(await ask('options', 'getPhoneNumbers', { options })).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ value: simulator.world.phoneNumbers.acmeBackupLine.id }),
        ]),
      );
    });
  });

  /** The IDs of all runs that started the workflow. */
  const startedWith = async (workflowId: string): Promise<unknown[]> => {
    const executions = await n8n.rest.executionsOf(workflowId);
    const stored = await Promise.all(executions.map(({ id }) => n8n.rest.execution(id)));
    return stored.flatMap(({ data }) =>
      (data.resultData.runData['Dograh Trigger']?.[0]?.data?.['main']?.[0] ?? []).map(
        ({ json }) => json['workflow_run_id'],
      ),
    );
  };
  /** Waits until the trigger has polled this many times. */
  const polls = async (count: number, at = simulator): Promise<void> => {
    const asked = (): number =>
      at.requests.filter(({ path }) => path.includes('/usage/runs')).length;
    const before = asked();
    await until(`${count} polls`, () => (asked() >= before + count ? true : undefined));
  };

  const idle = (workflowId: string): Promise<true> =>
    until('n8n to have nothing to do', async () => {
      const executions = await n8n.rest.executionsOf(workflowId);
      return executions.every(({ status }) => status === 'success') ? true : undefined;
    });

  it('starts a workflow once for each finished call', async () => {
    const { id, ...workflow } = await activated(
      workflowOf('ended', [dograhTrigger(credentialId)], {}),
    );
    await calling('to-end');
    await polls(1);
    await n8n.rest.webhook('to-end', { rows: numbers(3).map((phone) => ({ phone })) });
    const ids = simulator.calls.map(({ runId }) => runId);
    await until('three runs', async () => ((await startedWith(id)).length >= 3 ? true : undefined));
    await polls(3);

    expect((await startedWith(id)).toSorted()).toEqual(ids.toSorted());
    await n8n.rest.deactivate({ ...workflow, id });
  });

  /** No call ends during the crash, because n8n can lose what a trigger returns in that moment. */
  describe('with long calls', () => {
    let lasting: Simulator;
    let lastingCredential: string;

    beforeAll(async () => {
      lasting = await startSimulator({ ringMs: 50, callDurationMs: 600_000 });
      lasting.world.acme.concurrentCallLimit = 100;
      lastingCredential = await connectedTo(lasting);
    });
    afterEach(() => {
      expect(lasting.contractViolations).toEqual([]);
    });
    afterAll(() => lasting.stop());

    const hangUp = async (calls: Simulator['calls']): Promise<void> => {
      for (const { runId } of calls) {
        await lasting.waitFor(runId, 'in_progress');
        lasting.finish(runId);
      }
    };

    it('dials no number twice and loses no run when n8n crashes during calls', async () => {
      const trigger = await activated(workflowOf('over', [dograhTrigger(lastingCredential)], {}));
      const node = dograh(lastingCredential, {
        options: { callReference: '={{ $json.id }}', skipIfCalledWithin: 24 },
      });
      const calls = await activated(
        workflowOf('crash', [webhook('crash'), rows, node], {
          Webhook: [['Rows']],
          Rows: [['Dograh']],
        }),
      );
      await polls(1, lasting);
      // 20 calls, one after the other, take 20 seconds.
      const fault = { kind: 'latency', callPlaced: true, ms: 1_000, delayed: 'answer' } as const;
      lasting.faults.add({ on: 'call', fault, times: Infinity });
      const posted = { rows: numbers(20).map((phone, index) => ({ phone, id: `row-${index}` })) };
      const asked = n8n.rest.webhook('crash', posted).catch(() => 'connection closed');
      await until('three calls', () => (lasting.calls.length >= 3 ? true : undefined));
      const over = lasting.calls.slice(0, 3);
      await hangUp(over);
      await until('their runs', async () =>
        (await startedWith(trigger.id)).length >= over.length ? true : undefined,
      );
      await idle(trigger.id);
      await n8n.restart();
      const dialedBefore = lasting.calls.length;
      lasting.faults.clear();

      expect(await asked).toBe('connection closed');
      expect(dialedBefore).toBeLessThan(20);
      // The caller received no response, so it sends the request again.
      const answer = await n8n.rest.webhook('crash', posted);
      const output = answer.body as { workflow_run_id: number; skipped: boolean }[];
      const runs = lasting.calls.map(({ runId }) => runId).toSorted();

      expect(lasting.calls.map(({ phoneNumber }) => phoneNumber).toSorted()).toEqual(numbers(20));
      expect(output.filter(({ skipped }) => skipped)).toHaveLength(dialedBefore);
      expect(output.map(({ workflow_run_id: id }) => id).toSorted()).toEqual(runs);
      await hangUp(lasting.calls.slice(over.length));
      await until('all runs', async () =>
        (await startedWith(trigger.id)).length >= 20 ? true : undefined,
      );
      await polls(3, lasting);
      expect((await startedWith(trigger.id)).toSorted()).toEqual(runs);
      await n8n.rest.deactivate(calls);
      await n8n.rest.deactivate(trigger);
    });
  });

  /** The run IDs in the output of the node, in order. */
  const runsOf = async (executionId: string): Promise<unknown[]> => {
    const { data } = await n8n.rest.execution(executionId);
    const items = data.resultData.runData['Dograh']?.at(-1)?.data?.['main']?.[0] ?? [];
    return items.map(({ json }) => json['workflow_run_id']);
  };
  /** n8n stores the output of a node only when the node has ended. Its option to save progress does not change this. */
  describe('the retry of an execution that crashed with n8n', () => {
    const withReference = { path: 'with-reference', phones: numbers(24) };
    const without = { path: 'without-reference', phones: numbers(48).slice(24) };
    type Campaign = typeof withReference;
    /** The crashed execution of each campaign, and how many calls it had placed. */
    const crashes = new Map<Campaign, { readonly id: string; readonly placedBefore: number }>();
    let dograhOfBoth: Simulator;

    const callsOf = ({ phones }: Campaign): Simulator['calls'] =>
      dograhOfBoth.calls.filter(({ phoneNumber }) => phones.includes(phoneNumber));
    const rang = (campaign: Campaign): string[] =>
      callsOf(campaign).map(({ phoneNumber }) => phoneNumber);
    const start = async (
      { path, phones }: Campaign,
      credential: string,
      options: INodeParameters,
    ): Promise<{ readonly workflowId: string; readonly answer: Promise<unknown> }> => {
      const node = dograh(credential, { options: { concurrency: 5, ...options } });
      const { id } = await activated(
        workflowOf(path, [webhook(path), rows, node], { Webhook: [['Rows']], Rows: [['Dograh']] }),
      );
      const posted = { rows: phones.map((phone, index) => ({ phone, id: `row-${index}` })) };
      const answer = n8n.rest.webhook(path, posted).catch(() => 'connection closed');
      return { workflowId: id, answer };
    };

    /** One crash for both campaigns, because it takes long. */
    beforeAll(async () => {
      dograhOfBoth = await startSimulator({ ringMs: 50, callDurationMs: 200 });
      dograhOfBoth.world.acme.concurrentCallLimit = 100;
      // 24 calls, five at a time, take four seconds.
      const fault = { kind: 'latency', callPlaced: true, ms: 800, delayed: 'answer' } as const;
      dograhOfBoth.faults.add({ on: 'call', fault, times: Infinity });
      const credential = await connectedTo(dograhOfBoth);
      const referring = { callReference: '={{ $json.id }}', skipIfCalledWithin: 24 };
      const started = new Map([
        [withReference, await start(withReference, credential, referring)],
        [without, await start(without, credential, {})],
      ]);
      // With more than five calls, the node has the response to some, but not to all.
      await until('some calls of both', () =>
        [...started.keys()].every((one) => rang(one).length >= 8) ? true : undefined,
      );
      await n8n.restart();
      dograhOfBoth.faults.clear();
      for (const [campaign, { workflowId, answer }] of started) {
        await answer;
        const [execution] = await ended(workflowId);
        expect(execution?.status).toBe('crashed');
        expect(rang(campaign).length).toBeLessThan(24);
        const placedBefore = rang(campaign).length;
        crashes.set(campaign, { id: execution?.id ?? '', placedBefore });
      }
    });
    afterEach(() => {
      expect(dograhOfBoth.contractViolations).toEqual([]);
    });
    afterAll(() => dograhOfBoth.stop());

    it('calls no number again when Call Reference and Skip If Called Within are set', async () => {
      const retried = await n8n.rest.retry(crashes.get(withReference)?.id ?? '');
      const runs = new Map(
        callsOf(withReference).map(({ phoneNumber, runId }) => [phoneNumber, runId]),
      );

      expect(retried).toMatchObject({ status: 'success', mode: 'retry' });
      expect(rang(withReference).toSorted()).toEqual(withReference.phones);
      expect(await runsOf(retried.id)).toEqual(withReference.phones.map((one) => runs.get(one)));
    });

    it('calls no number again without a reference either, because it asks Dograh first', async () => {
      const { id = '', placedBefore = 0 } = crashes.get(without) ?? {};
      const retried = await n8n.rest.retry(id);
      const runs = new Map(callsOf(without).map(({ phoneNumber, runId }) => [phoneNumber, runId]));

      expect(placedBefore).toBeGreaterThan(0);
      expect(retried).toMatchObject({ status: 'success', mode: 'retry' });
      expect(rang(without).toSorted()).toEqual(without.phones);
      expect(await runsOf(retried.id)).toEqual(without.phones.map((one) => runs.get(one)));
    });
  });

  describe('an execution that ends before its calls', () => {
    let longCalls: Simulator;
    let longCallsCredential: string;

    beforeAll(async () => {
      longCalls = await startSimulator({ ringMs: 50, callDurationMs: 600_000 });
      longCallsCredential = await connectedTo(longCalls);
    });
    beforeEach(() => {
      longCalls.reset();
    });
    afterEach(() => {
      expect(longCalls.contractViolations).toEqual([]);
    });
    afterAll(() => longCalls.stop());

    /** Starts Trigger Call and Wait for Result, two calls at a time. Resolves when two calls are answered. */
    const waiting = async (
      path: string,
      phones: readonly string[],
      settings: WorkflowFile['settings'] = {},
    ): Promise<{ readonly workflowId: string; readonly answer: Promise<unknown> }> => {
      const node = dograh(longCallsCredential, {
        operation: 'triggerAndWait',
        pollSeconds: 2,
        options: { concurrency: 2 },
      });
      const { id } = await activated(
        workflowOf(
          path,
          [webhook(path), rows, node],
          { Webhook: [['Rows']], Rows: [['Dograh']] },
          settings,
        ),
      );
      const answer = n8n.rest.webhook(path, { rows: phones.map((phone) => ({ phone })) });
      await until('two calls', () => (longCalls.calls.length >= 2 ? true : undefined));
      await Promise.all(
        longCalls.calls.map(({ runId }) => longCalls.waitFor(runId, 'in_progress')),
      );
      return { workflowId: id, answer };
    };
    const hangUp = (): void => {
      for (const { runId } of longCalls.calls) longCalls.finish(runId);
    };

    it('names its runs after a timeout, and its retry waits for them without a new call', async () => {
      const phones = numbers(2);
      const { workflowId, answer } = await waiting('time-over', phones, { executionTimeout: 4 });
      await answer;
      const [over] = await ended(workflowId);
      const { data } = await n8n.rest.execution(over?.id ?? '');
      const runOf = new Map(longCalls.calls.map(({ phoneNumber, runId }) => [phoneNumber, runId]));
      const runs = phones.map((phone) => runOf.get(phone));

      expect(over?.status).toBe('canceled');
      expect(data.resultData.error).toMatchObject({
        message: expect.stringMatching(/^Run \d+ was placed, .*The execution was stopped\.$/),
        description: expect.stringContaining(
          `Calls already placed: run ${runs[0]} for item 0, run ${runs[1]} for item 1.`,
        ),
      });
      hangUp();
      const retried = await n8n.rest.retry(over?.id ?? '');

      expect(retried).toMatchObject({ status: 'success', mode: 'retry' });
      expect(await runsOf(retried.id)).toEqual(runs);
      expect(longCalls.callRequests).toHaveLength(2);
    });

    it('places no more calls after it was stopped', async () => {
      const { workflowId, answer } = await waiting('stopped', numbers(6));
      const [running] = await n8n.rest.executionsOf(workflowId);
      const asked = longCalls.callRequests.length;
      await n8n.rest.stop(running?.id ?? '');
      // A node that ignores the stop sees the finished calls within two seconds and places the next ones.
      hangUp();
      await answer;
      await delay(4_000);

      expect(await ended(workflowId)).toMatchObject([{ id: running?.id, status: 'canceled' }]);
      expect(asked).toBe(2);
      expect(longCalls.callRequests).toHaveLength(asked);
    });
  });
});
