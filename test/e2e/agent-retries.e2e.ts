import { AgentServer, call, DONE, PEOPLE } from './agent-server';

const { Ann } = PEOPLE;
const CALLED_BEFORE = { skipped: true, skip_reason: 'called_before' };
const RETRIES = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };

/** n8n runs the tools of an agent before version 3 in another way. */
describe.each([2.2, 3.1])('agents of version %s', (version) => {
  let server: AgentServer;

  beforeAll(async () => {
    server = await AgentServer.start();
  });
  beforeEach(() => {
    server.reset();
  });
  afterEach(() => {
    expect(server.simulator.contractViolations).toEqual([]);
  });
  afterAll(() => server.stop());

  const runs = (): number[] => server.simulator.calls.map(({ runId }) => runId);

  it('dial a number in the second try of the tool if the first one was refused', async () => {
    const noCredit = { kind: 'status', callPlaced: false, status: 402 } as const;
    server.simulator.faults.add({ on: 'call', fault: noCredit });
    server.conversations.script('Ann', [call('Ann'), call('Ann'), DONE]);
    await server.ask(['Ann'], { version, toolSettings: RETRIES });
    const [run] = runs();

    expect(server.dialed()).toEqual([Ann]);
    expect(server.simulator.callRequests).toHaveLength(2);
    expect(server.results('Ann')).toMatchObject([
      { workflow_run_id: run },
      { workflow_run_id: run, ...CALLED_BEFORE },
    ]);
  });

  it.each([false, true])(
    'dial no number again in the tries of a tool whose call is unclear (callAgain %s)',
    async (callAgain) => {
      server.loseResponse({ kind: 'reset', callPlaced: true, moment: 'after-placing' });
      server.conversations.script('Ann', [call('Ann'), DONE]);
      const options = { callAgain };
      await server.ask(['Ann'], { version, toolSettings: RETRIES, call: { options } });

      expect(server.dialed()).toEqual([Ann]);
      expect(server.simulator.callRequests).toHaveLength(1);
    },
  );

  it('dial a number once that comes twice in a loop with one row per run', async () => {
    server.conversations.script('First row', [call('Ann'), DONE]);
    server.conversations.script('Second row', [call('Ann'), DONE]);
    const { execution } = await server.ask(['First row', 'Second row'], {
      version,
      isLooped: true,
    });
    const [run] = runs();

    expect(execution.status).toBe('success');
    expect(server.dialed()).toEqual([Ann]);
    expect(server.results('Second row')).toMatchObject([
      { workflow_run_id: run, ...CALLED_BEFORE },
    ]);
  });

  it('dial it twice in such a loop if the workflow allows repeated calls', async () => {
    server.conversations.script('First row', [call('Ann'), DONE]);
    server.conversations.script('Second row', [call('Ann'), DONE]);
    const options = { callAgain: true };
    await server.ask(['First row', 'Second row'], { version, isLooped: true, call: { options } });

    expect(server.dialed()).toEqual([Ann, Ann]);
    expect(server.results('Second row')).toMatchObject([{ workflow_run_id: runs()[1] }]);
  });

  it('dial a number once if the agent below asks for it twice in one turn', async () => {
    const caller = { tool: 'Caller', input: { task: 'Dial Ann' } };
    server.conversations.script('Ann', [caller, DONE]);
    server.conversations.script('Dial Ann', [{ uses: [call('Ann'), call('Ann')] }, DONE]);
    await server.ask(['Ann'], { version, isNested: true });
    const [run] = runs();
    const results = server.results('Dial Ann') as { skipped?: boolean }[];

    expect(server.dialed()).toEqual([Ann]);
    expect(results).toMatchObject([{ workflow_run_id: run }, { workflow_run_id: run }]);
    expect(results.filter(({ skipped }) => skipped)).toMatchObject([CALLED_BEFORE]);
  });

  it('dial a number once if the tool stops the workflow and a person retries it', async () => {
    server.loseResponse({ kind: 'reset', callPlaced: true, moment: 'after-placing' });
    server.conversations.script('Ann', [call('Ann'), DONE]);
    const toolSettings = { onError: 'stopWorkflow' } as const;
    const asked = await server.ask(['Ann'], { version, toolSettings });
    server.simulator.faults.clear();
    // Agents before version 3 give the error to the model, and their execution succeeds.
    const retried = version < 3 ? undefined : await server.retry(asked);

    expect(asked.execution.status).toBe(version < 3 ? 'success' : 'error');
    expect(retried?.status).toBe(version < 3 ? undefined : 'success');
    expect(server.dialed()).toEqual([Ann]);
  });
});
