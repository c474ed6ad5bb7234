import { mcpWorkflow } from '../../tools/n8n-server/agent-workflow';
import { McpSession } from '../../tools/n8n-server/mcp-session';
import { AgentServer, call, DONE, FAIL, PEOPLE, type Begun, type Choice } from './agent-server';
import { until } from './until';

const { Ann, Ben, Cleo } = PEOPLE;
/** How n8n runs a tool depends on the version of the agent. */
const BEFORE_3 = [1.9, 2.2];
const FROM_3 = [3, 3.1];
const VERSIONS = [...BEFORE_3, ...FROM_3];
const CALLED_BEFORE = { skipped: true, skip_reason: 'called_before' };
const ALLOWED = { options: { callAgain: true } };

describe('AI agents that call people', () => {
  let server: AgentServer;

  beforeAll(async () => {
    server = await AgentServer.start();
  });
  beforeEach(() => {
    server.reset();
  });
  afterEach(() => {
    expect(server.simulator.contractViolations).toEqual([]);
    expect(server.otherSimulator.contractViolations).toEqual([]);
    expect(server.n8n.log).not.toContain(server.simulator.world.acme.apiKey);
  });
  afterAll(() => server.stop());

  const runOf = (phone: string): number | undefined =>
    server.simulator.calls.find(({ phoneNumber }) => phoneNumber === phone)?.runId;
  /** Waits until all calls are over, so that their status is not the first one anymore. */
  const callsEnd = async (): Promise<void> => {
    await Promise.all(
      server.simulator.calls.map(({ runId }) => server.simulator.waitFor(runId, 'results')),
    );
  };
  const dialedInAnyOrder = (): string[] => server.dialed().toSorted();

  describe.each(VERSIONS)('of version %s', (version) => {
    it('dial a number once, also if the model asks for it again', async () => {
      server.conversations.script('Ann', [call('Ann'), call('Ann'), DONE]);
      const { execution } = await server.ask(['Ann'], { version });

      expect(execution.status).toBe('success');
      expect(server.dialed()).toEqual([Ann]);
      expect(server.results('Ann')).toMatchObject([
        { workflow_run_id: runOf(Ann), status: 'initiated' },
        { workflow_run_id: runOf(Ann), phone_number: Ann, ...CALLED_BEFORE },
      ]);
    });

    it('dial a number again if the workflow allows repeated calls', async () => {
      server.conversations.script('Ann', [call('Ann'), call('Ann'), DONE]);
      await server.ask(['Ann'], { version, call: ALLOWED });
      const [first, second] = server.simulator.calls.map(({ runId }) => runId);

      expect(server.dialed()).toEqual([Ann, Ann]);
      expect(server.results('Ann')).toMatchObject([
        { workflow_run_id: first },
        { workflow_run_id: second },
      ]);
    });

    it('dial a number once if the model asks for it twice in one turn', async () => {
      server.conversations.script('Ann', [{ uses: [call('Ann'), call('Ann'), call('Ben')] }, DONE]);
      await server.ask(['Ann'], { version });
      const results = server.results('Ann') as { workflow_run_id: number; skipped?: boolean }[];

      expect(dialedInAnyOrder()).toEqual([Ann, Ben]);
      expect(results.map(({ workflow_run_id: id }) => id)).toEqual([
        runOf(Ann),
        runOf(Ann),
        runOf(Ben),
      ]);
      expect(results.filter(({ skipped }) => skipped)).toMatchObject([CALLED_BEFORE]);
    });

    it('dial no number again when a failed agent is retried by hand', async () => {
      server.conversations.script('Ann', [call('Ann'), call('Ben'), FAIL]);
      const asked = await server.ask(['Ann'], { version });
      await callsEnd();
      server.conversations.script('Ann', ({ uses }) =>
        // The agents from version 3 continue the conversation.
        uses.length < (version < 3 ? 2 : 4) ? call(uses.length % 2 === 0 ? 'Ann' : 'Ben') : DONE,
      );
      const retried = await server.retry(asked);

      expect([asked.execution.status, retried.status]).toEqual(['error', 'success']);
      expect(server.dialed()).toEqual([Ann, Ben]);
      expect(server.results('Ann').slice(-2)).toMatchObject([
        { workflow_run_id: runOf(Ann), status: 'completed', ...CALLED_BEFORE },
        { workflow_run_id: runOf(Ben), status: 'completed', ...CALLED_BEFORE },
      ]);
    });

    it('dial no number again when n8n retries a failed agent', async () => {
      const agentSettings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
      server.conversations.script('Ann', [call('Ann'), FAIL, call('Ann'), DONE]);
      const { execution } = await server.ask(['Ann'], { version, agentSettings });

      expect(execution.status).toBe('success');
      expect(server.dialed()).toEqual([Ann]);
    });

    it('dial each number once for several rows', async () => {
      const called = (uses: readonly { readonly input: object }[], phone: string): boolean =>
        uses.some(({ input }) => JSON.stringify(input).includes(phone));
      server.conversations.script('Ann', ({ uses }) => (called(uses, Ann) ? DONE : call('Ann')));
      server.conversations.script('Ben', ({ uses }) => {
        if (!called(uses, Ben)) return call('Ben');
        return called(uses, Cleo) ? DONE : call('Cleo');
      });
      const { execution } = await server.ask(['Ann', 'Ben'], { version });

      expect(dialedInAnyOrder()).toEqual([Ann, Ben, Cleo]);
      // From version 3, n8n gives each row the results of another row. So the model asks until n8n ends it.
      expect(execution.status).toBe(version < 3 ? 'success' : 'error');
    });

    it('dial no number again when the tool was renamed before a retry', async () => {
      server.conversations.script('Ann', [call('Ann'), FAIL]);
      const asked = await server.ask(['Ann'], { version });
      server.conversations.script('Ann', ({ uses }) =>
        uses.length < (version < 3 ? 1 : 2) ? call('Ann', 'Phone') : DONE,
      );
      const retried = await server.retry(asked, { toolName: 'Phone' });

      expect(retried.status).toBe('success');
      expect(server.dialed()).toEqual([Ann]);
      expect(server.results('Ann').at(-1)).toMatchObject({
        workflow_run_id: runOf(Ann),
        ...CALLED_BEFORE,
      });
    });

    it('dial no number again when an agent above them is retried', async () => {
      const caller = { tool: 'Caller', input: { task: 'Dial Ann' } };
      server.conversations.script('Ann', [caller, FAIL]);
      server.conversations.script('Dial Ann', [call('Ann'), call('Ben'), DONE]);
      const asked = await server.ask(['Ann'], { version, isNested: true });
      server.conversations.script('Ann', ({ uses }) =>
        uses.length < (version < 3 ? 1 : 2) ? caller : DONE,
      );
      const retried = await server.retry(asked);

      expect(retried.status).toBe('success');
      expect(server.dialed()).toEqual([Ann, Ben]);
      expect(server.results('Dial Ann')).toMatchObject([
        { workflow_run_id: runOf(Ann), ...CALLED_BEFORE },
        { workflow_run_id: runOf(Ben), ...CALLED_BEFORE },
      ]);
    });

    it('get no run of another Dograh, and dial nobody in it', async () => {
      server.conversations.script('Ann', [call('Ann'), FAIL]);
      const asked = await server.ask(['Ann'], { version });
      server.conversations.script('Ann', ({ uses }) =>
        uses.length < (version < 3 ? 1 : 2) ? call('Ann') : DONE,
      );
      const retried = await server.retry(asked, { dograh: server.otherCredential });
      const [error = ''] = await server.errorsOf(retried);

      expect(server.dialed()).toEqual([Ann]);
      expect(server.otherSimulator.callRequests).toEqual([]);
      expect(error).toContain(new URL(server.simulator.url).host);
      expect(error).toContain(new URL(server.otherSimulator.url).host);
      expect(server.results('Ann').at(-1)).not.toHaveProperty('workflow_run_id');
    });

    it('ignore a permission for repeated calls from the model', async () => {
      const callAgain = "={{ $fromAI('again', 'Whether to call again', 'boolean') }}";
      const use = { ...call('Ann'), input: { phone_number: Ann, again: true } };
      server.conversations.script('Ann', [use, DONE]);
      const { execution } = await server.ask(['Ann'], {
        version,
        call: { options: { callAgain } },
      });

      expect(server.simulator.callRequests).toEqual([]);
      expect(await server.errorsOf(execution)).toEqual([
        expect.stringContaining('Allow Repeated Calls'),
      ]);
    });

    it('dial no number again when the node after them failed', async () => {
      const stop = { name: 'Next', type: 'n8n-nodes-base.stopAndError', typeVersion: 1 };
      const next = { ...stop, parameters: { errorMessage: 'Stopped.' } };
      server.conversations.script('Ann', [call('Ann'), DONE]);
      const asked = await server.ask(['Ann'], { version, next });
      const failed = await server.retry(asked);
      const fixed = { ...stop, type: 'n8n-nodes-base.noOp', parameters: {} };
      const retried = await server.retry(asked, { next: fixed });

      expect([failed.status, retried.status]).toEqual(['error', 'success']);
      expect(server.dialed()).toEqual([Ann]);
    });
  });

  describe.each(BEFORE_3)('of version %s, which begin again after a failure,', (version) => {
    it('return each earlier call once, and then call again if the workflow allows it', async () => {
      server.conversations.script('Ann', [call('Ann'), call('Ann'), FAIL]);
      const asked = await server.ask(['Ann'], { version, call: ALLOWED });
      server.conversations.script('Ann', [call('Ann'), call('Ann'), call('Ann'), DONE]);
      await server.retry(asked);
      const [first, second, third] = server.simulator.calls.map(({ runId }) => runId);

      expect(server.dialed()).toEqual([Ann, Ann, Ann]);
      expect(server.results('Ann')).toMatchObject([
        { workflow_run_id: first, ...CALLED_BEFORE },
        { workflow_run_id: second, ...CALLED_BEFORE },
        { workflow_run_id: third },
      ]);
    });
  });

  describe.each([2.2, ...FROM_3])('of version %s that stream', (version) => {
    it('dial a number once', async () => {
      const before = server.model.requests.length;
      server.conversations.script('Ann', [{ uses: [call('Ann'), call('Ben')] }, call('Ann'), DONE]);
      const { answer } = await server.ask(['Ann'], { version, isStreamed: true });
      const streamed = server.model.requests.slice(before).map(({ stream }) => stream);

      expect(streamed).toEqual([true, true, true]);
      expect(answer.body).toContain('Done.');
      expect(dialedInAnyOrder()).toEqual([Ann, Ben]);
      expect(server.results('Ann').at(-1)).toMatchObject({
        workflow_run_id: runOf(Ann),
        ...CALLED_BEFORE,
      });
    });
  });

  /** n8n gives the first row's arguments to all rows of a batch, and keeps only one of their errors. */
  it('dial nobody wrongly if several rows run at once', async () => {
    for (const person of ['Ann', 'Ben', 'Cleo'] as const) {
      server.conversations.script(person, [call(person), DONE]);
    }
    const agentOptions = { batching: { batchSize: 3 } };
    const { execution } = await server.ask(['Ann', 'Ben', 'Cleo'], { version: 2.2, agentOptions });
    const errors = await server.errorsOf(execution);

    expect(server.dialed()).toEqual([Ann]);
    expect(server.results('Ann')).toMatchObject([{ workflow_run_id: runOf(Ann) }]);
    expect([server.results('Ben'), server.results('Cleo')]).toEqual([[''], ['']]);
    expect(errors).toEqual([expect.stringContaining('Batch Size')]);
  });

  describe.each([2.2, 3.1])('of version %s with an unclear call', (version) => {
    const afterFailure = async (choice: Choice): Promise<string> => {
      server.conversations.script('Ann', [call('Ann'), call('Ann'), FAIL]);
      const asked = await server.ask(['Ann'], choice);
      expect(server.simulator.callRequests).toHaveLength(1);
      server.simulator.faults.clear();
      server.conversations.script('Ann', ({ uses }) =>
        uses.length < (version < 3 ? 1 : 3) ? call('Ann') : DONE,
      );
      return (await server.retry(asked)).status;
    };

    it('find its run in a retry by hand', async () => {
      server.loseResponse({ kind: 'reset', callPlaced: true, moment: 'after-placing' });

      expect(await afterFailure({ version })).toBe('success');
      expect(server.dialed()).toEqual([Ann]);
      expect(server.results('Ann').at(-1)).toMatchObject({ workflow_run_id: runOf(Ann) });
    });

    it('dial in a retry by hand if Dograh has no run of it', async () => {
      server.loseResponse({ kind: 'reset', callPlaced: false, moment: 'after-reading' });

      expect(await afterFailure({ version })).toBe('success');
      expect(server.dialed()).toEqual([Ann]);
      expect(server.results('Ann').at(-1)).toMatchObject({ workflow_run_id: runOf(Ann) });
    });
  });

  it('return no run of another organization', async () => {
    const { globex, agents } = server.simulator.world;
    const dograh = await server.connect(server.simulator, globex);
    const agent = { __rl: true, mode: 'triggerId', value: agents.globexSurvey.trigger };
    server.conversations.script('Ann', [call('Ann'), FAIL]);
    const asked = await server.ask(['Ann'], { version: 2.2 });
    server.conversations.script('Ann', [call('Ann'), DONE]);
    const refused = await server.retry(asked, { dograh, call: { agent } });

    expect(server.dialed()).toEqual([Ann]);
    expect(server.simulator.callRequests).toHaveLength(1);
    expect(await server.errorsOf(refused)).toEqual([
      expect.stringContaining('another organization of the Dograh at'),
    ]);
  });

  /** n8n stores nothing of an execution that it is running. */
  it('dial no number again when n8n crashed during their calls', async () => {
    const noResponse = { kind: 'silence', callPlaced: true } as const;
    const begin = async (version: number): Promise<Begun> => {
      server.conversations.script(`${version}`, ({ uses }) => {
        if (uses.length > 0) server.simulator.faults.add({ on: 'call', fault: noResponse });
        return call(uses.length === 0 ? 'Ann' : 'Ben');
      });
      const before = server.dialed().length;
      const begun = await server.begin([`${version}`], { version });
      begun.answer.catch(() => 'connection closed');
      await until('both calls', () => (server.dialed().length === before + 2 ? true : undefined));
      server.conversations.script(`${version}`, [call('Ann'), call('Ben'), DONE]);
      return begun;
    };
    const crashed = [await begin(2.2), await begin(3.1)];
    await server.n8n.restart();
    for (const begun of crashed) {
      expect((await server.ended(begun.workflow)).status).toBe('crashed');
      expect((await server.retry(begun)).status).toBe('success');
    }
    const [ann2, ben2, ann3, ben3] = server.simulator.calls.map(({ runId }) => runId);

    expect(server.dialed()).toEqual([Ann, Ben, Ann, Ben]);
    expect([...server.results('2.2'), ...server.results('3.1')]).toMatchObject(
      [ann2, ben2, ann3, ben3].map((id) => ({ workflow_run_id: id, ...CALLED_BEFORE })),
    );
  });

  describe('through an MCP server', () => {
    const open = async (path: string, call = {}): Promise<McpSession> => {
      const tool = { dograh: server.credential, call };
      const workflow = await server.n8n.rest.createWorkflow(mcpWorkflow(path, tool));
      await server.n8n.rest.activate(workflow);
      return McpSession.open(server.n8n.url, path);
    };
    const dial = async (session: McpSession, phone: string): Promise<unknown> =>
      (JSON.parse(await session.use('Call', { phone_number: phone })) as unknown[])[0];

    it('dial a number once in 10 minutes', async () => {
      const session = await open('mcp');
      const first = await dial(session, Ann);
      const second = await dial(session, Ann);

      expect(server.dialed()).toEqual([Ann]);
      expect(first).toMatchObject({ workflow_run_id: runOf(Ann), status: 'initiated' });
      expect(second).toMatchObject({ workflow_run_id: runOf(Ann), ...CALLED_BEFORE });
    });

    it('dial a number once if it is asked for twice at once', async () => {
      const session = await open('mcp-parallel');
      const results = await Promise.all([Ann, Ann, Ben].map((phone) => dial(session, phone)));

      expect(dialedInAnyOrder()).toEqual([Ann, Ben]);
      expect(results).toMatchObject([
        { workflow_run_id: runOf(Ann) },
        { workflow_run_id: runOf(Ann) },
        { workflow_run_id: runOf(Ben) },
      ]);
    });

    it('dial a number again if the workflow allows repeated calls', async () => {
      const session = await open('mcp-repeated', ALLOWED);
      await dial(session, Ann);
      await dial(session, Ann);

      expect(server.dialed()).toEqual([Ann, Ann]);
    });
  });
});
