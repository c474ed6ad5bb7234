import { setTimeout as delay } from 'node:timers/promises';
import { answerTo, aNumber, failureOf, firstRequestRead, post } from './api-caller';
import { startSimulator, type Simulator, type SimulatorOptions } from './index';

const simulators: Simulator[] = [];

async function started(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator(options);
  simulators.push(simulator);
  return simulator;
}

afterEach(async () => {
  for (const simulator of simulators.splice(0)) {
    expect(simulator.contractViolations).toEqual([]);
    await simulator.stop();
  }
});

const listOf = async (
  simulator: Simulator,
  query: Record<string, string> = {},
  apiKey = simulator.world.acme.apiKey,
): Promise<{
  status: number;
  body: Record<string, unknown> & { runs: Record<string, unknown>[] };
}> => {
  const url = `${simulator.url}/api/v1/organizations/usage/runs?${String(new URLSearchParams(query))}`;
  const response = await fetch(url, { headers: { 'x-api-key': apiKey } });
  return { status: response.status, body: (await response.json()) as never };
};

const idsIn = async (
  simulator: Simulator,
  query: Record<string, string> = {},
): Promise<unknown[]> => (await listOf(simulator, query)).body.runs.map(({ id }) => id);

const filtersBy = (attribute: string, value: unknown): { filters: string } => ({
  filters: JSON.stringify([
    { attribute, type: typeof value === 'number' ? 'number' : 'text', value: { value } },
  ]),
});

describe('the list of runs', () => {
  it('says of a running call what is known, and not whether it is completed', async () => {
    const simulator = await started();
    await answerTo(simulator, { body: { phone_number: aNumber, initial_context: { a: 1 } } });
    const [run] = (await listOf(simulator)).body.runs;

    expect(run).toMatchObject({
      id: 1001,
      workflow_id: simulator.world.agents.appointmentReminder.id,
      workflow_name: simulator.world.agents.appointmentReminder.name,
      name: simulator.calls[0]?.runName,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/),
      called_number: aNumber,
      call_duration_seconds: 0,
      disposition: null,
      initial_context: { a: 1, agent_identifier_type: 'trigger_path' },
      gathered_context: {},
    });
    expect(run).not.toHaveProperty('is_completed');
  });

  it('says how a call ended', async () => {
    const simulator = await started({ dialMs: 1, ringMs: 1, callDurationMs: 1 });
    await answerTo(simulator);
    await simulator.waitFor(1001, 'completed');

    expect((await listOf(simulator)).body.runs).toMatchObject([
      {
        disposition: 'user_hangup',
        gathered_context: { call_disposition: 'user_hangup', customer_satisfied: 'yes' },
        call_duration_seconds: 1,
      },
    ]);
  });

  it('holds runs that failed before anybody was dialled, and why', async () => {
    const simulator = await started();
    const [phone_number] = simulator.world.unreachableNumbers;
    await answerTo(simulator, { body: { phone_number } });

    expect((await listOf(simulator)).body.runs).toMatchObject([
      {
        disposition: 'error',
        gathered_context: { error: expect.stringContaining('cannot reach') },
      },
    ]);
  });

  it('is that of the key’s organization, with the newest first, page by page', async () => {
    const simulator = await started();
    for (let count = 0; count < 5; count += 1) await answerTo(simulator);

    expect(await idsIn(simulator)).toEqual([1005, 1004, 1003, 1002, 1001]);
    expect(await idsIn(simulator, { page: '2', limit: '2' })).toEqual([1003, 1002]);
    expect((await listOf(simulator, { page: '4', limit: '2' })).body).toMatchObject({
      runs: [],
      page: 4,
      limit: 2,
      total_count: 5,
      total_pages: 3,
    });
    const { globex } = simulator.world;
    expect((await listOf(simulator, {}, globex.apiKey)).body).toMatchObject({ total_count: 0 });
  });

  it.each(['0', '101', 'x'])('refuses a page size of %s', async (limit) => {
    expect((await listOf(await started(), { limit })).status).toBe(422);
  });

  it('refuses a key that it does not know', async () => {
    expect((await listOf(await started(), {}, 'dg_nobody')).status).toBe(401);
  });

  it.each<[string, (simulator: Simulator) => Record<string, string>, number[]]>([
    ['the run ID', () => filtersBy('runId', 1001), [1001]],
    ['part of the number', () => filtersBy('calledNumber', '5550151'), [1002]],
    ['the agent', ({ world }) => filtersBy('workflowId', world.agents.leadQualifier.id), [1002]],
    ['what nobody has', () => filtersBy('callerNumber', '999'), []],
    ['nothing that it knows', () => filtersBy('unknown', 1), [1002, 1001]],
    ['the time from which on', () => ({ start_date: '2100-01-01T00:00:00Z' }), []],
    ['the time until which', () => ({ end_date: '2000-01-01T00:00:00Z' }), []],
  ])('is filtered by %s', async (_name, query, ids) => {
    const simulator = await started();
    await answerTo(simulator);
    await answerTo(simulator, { route: 'lead-qualifier', body: { phone_number: '+14155550151' } });

    expect(await idsIn(simulator, query(simulator))).toEqual(ids);
  });

  it('goes by Dograh’s own clock', async () => {
    const simulator = await started({ clockOffsetMs: 60_000 });
    await answerTo(simulator);
    const [run] = (await listOf(simulator)).body.runs;

    expect(Date.parse(String(run?.['created_at']))).toBeGreaterThan(Date.now() + 50_000);
  });

  it('can be struck by faults of its own', async () => {
    const simulator = await started();
    simulator.faults.add({ on: 'runs', fault: { kind: 'status', callPlaced: false, status: 503 } });

    expect((await post(simulator)).status).toBe(200);
    expect((await listOf(simulator)).status).toBe(503);
    expect((await listOf(simulator)).status).toBe(200);
  });
});

describe('a restart', () => {
  it('keeps what Dograh knew, and the calls that go on', async () => {
    const simulator = await started({ dialMs: 5, ringMs: 5, callDurationMs: 5 });
    await answerTo(simulator);
    await simulator.restart(1);
    await simulator.waitFor(1001, 'completed');

    expect(await idsIn(simulator)).toEqual([1001]);
  });

  it('refuses connections meanwhile', async () => {
    const simulator = await started();
    const back = simulator.restart(100);
    await delay(20);

    expect(await failureOf(post(simulator))).toBe('ECONNREFUSED');
    await back;
    expect((await post(simulator)).status).toBe(200);
  });

  it('cuts off who waits for an answer, though the call was placed', async () => {
    const simulator = await started();
    simulator.faults.add({ on: 'call', fault: { kind: 'silence', callPlaced: true } });
    const answer = failureOf(post(simulator));
    await firstRequestRead(simulator);
    await simulator.restart(1);

    expect(['UND_ERR_SOCKET', 'ECONNRESET']).toContain(await answer);
    expect(simulator.calls).toHaveLength(1);
  });

  it('does not come back once it was stopped', async () => {
    const simulator = await started();
    const back = simulator.restart(30);
    await simulator.stop();
    await back;

    expect(await failureOf(post(simulator))).toBe('ECONNREFUSED');
  });
});
