import { answerAt, answerTo, aNumber, post } from '../../../tools/simulator/api-caller';
import { startSimulator, type Simulator } from '../../../tools/simulator/index';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});

afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
  simulator.reset();
});

afterAll(() => simulator.stop());

type Fields = Record<string, unknown>;

/** Reads the runs of one agent. */
function asked(
  query: Record<string, string> = {},
  agentId = 101,
  apiKey?: string | null,
): Promise<{ status: number; body: unknown }> {
  const search = new URLSearchParams(query).toString();
  return answerAt(simulator, `/workflow/${String(agentId)}/runs?${search}`, apiKey);
}

async function idsIn(query: Record<string, string> = {}, agentId = 101): Promise<unknown[]> {
  const { status, body } = await asked(query, agentId);
  expect(status).toBe(200);
  return (body as { runs: Fields[] }).runs.map(({ id }) => id);
}

const filtered = (...filters: unknown[]): { filters: string } => ({
  filters: JSON.stringify(filters),
});
const refusal = (status: number, detail: unknown) => ({ status, body: { detail } });
const hour = (number: number): string => `2026-08-01T${String(number).padStart(2, '0')}:00:00.000Z`;

describe('one run', () => {
  it('shows the known data of a running call', async () => {
    const body = { phone_number: aNumber, initial_context: { a: 1 } };
    await answerTo(simulator, { body });

    expect((await answerAt(simulator, '/workflow/101/runs/1001')).body).toEqual({
      id: 1001,
      workflow_id: 101,
      name: simulator.calls[0]?.runName,
      mode: 'twilio',
      created_at: simulator.calls[0]?.createdAt.replace('Z', '000Z'),
      is_completed: false,
      transcript_url: null,
      recording_url: null,
      user_recording_url: null,
      bot_recording_url: null,
      transcript_public_url: null,
      recording_public_url: null,
      user_recording_public_url: null,
      bot_recording_public_url: null,
      public_access_token: null,
      cost_info: null,
      usage_info: null,
      definition_id: null,
      initial_context: expect.objectContaining({ a: 1, called_number: aNumber }),
      gathered_context: expect.not.objectContaining({ call_disposition: expect.anything() }),
      call_type: 'outbound',
      logs: { telephony_status_callbacks: [] },
      annotations: {},
    });
  });

  it('gets URLs for its artifacts when there are any, and keeps them', async () => {
    simulator.addRun();
    const [first, second] = [
      await answerAt(simulator, '/workflow/101/runs/1001'),
      await answerAt(simulator, '/workflow/101/runs/1001'),
    ];
    const { public_access_token: token } = first.body as { public_access_token: string };
    const at = (name: string): string =>
      `${simulator.url}/api/v1/public/download/workflow/${token}/${name}`;

    expect(first.body).toMatchObject({
      public_access_token: expect.stringMatching(/^[0-9a-f-]{36}$/),
      transcript_public_url: at('transcript'),
      recording_public_url: at('recording'),
      user_recording_public_url: at('user_recording'),
      bot_recording_public_url: at('bot_recording'),
    });
    expect(second).toEqual(first);
  });

  it('has a URL for a mixed recording that does not exist, as in Dograh', async () => {
    simulator.addRun({ ending: { recording: false } });
    expect((await answerAt(simulator, '/workflow/101/runs/1001')).body).toMatchObject({
      recording_url: null,
      recording_public_url: expect.stringMatching(/\/recording$/),
      user_recording_public_url: null,
      bot_recording_public_url: null,
    });
  });

  it('shows why nobody was dialed', async () => {
    simulator.world.acme.quotaExhausted = 'No credits left.';
    expect((await answerTo(simulator)).status).toBe(402);
    expect((await answerAt(simulator, '/workflow/101/runs/1001')).body).toMatchObject({
      is_completed: true,
      gathered_context: { error: 'No credits left.', call_disposition: 'error' },
      usage_info: { call_duration_seconds: 0 },
    });
  });

  it('shows that it is inbound', async () => {
    simulator.addRun({ direction: 'inbound', phoneNumber: aNumber });
    expect((await answerAt(simulator, '/workflow/101/runs/1001')).body).toMatchObject({
      call_type: 'inbound',
      initial_context: { caller_number: aNumber },
    });
  });

  it('is not found if it belongs to another organization or does not exist', async () => {
    simulator.addRun({ agent: simulator.world.agents.globexSurvey });
    expect(await answerAt(simulator, '/workflow/201/runs/1001')).toEqual(
      refusal(404, 'Workflow run not found'),
    );
    expect((await answerAt(simulator, '/workflow/101/runs/7')).status).toBe(404);
    const { apiKey } = simulator.world.globex;
    expect((await answerAt(simulator, '/workflow/201/runs/1001', apiKey)).status).toBe(200);
  });

  it('is also found under another agent’s URL, on which no client should rely', async () => {
    simulator.addRun();
    expect((await answerAt(simulator, '/workflow/102/runs/1001')).body).toMatchObject({
      id: 1001,
      workflow_id: 101,
    });
    expect(simulator.contractViolations).toEqual([
      {
        side: 'request',
        route: 'GET /api/v1/workflow/{workflow_id}/runs/{run_id}',
        problem: 'path run 1001 is not of agent 102',
      },
    ]);
    simulator.reset();
  });

  it('needs numbers as IDs', async () => {
    const { status, body } = await answerAt(simulator, '/workflow/a/runs/b');
    expect(status).toBe(422);
    expect(body).toMatchObject({
      detail: [
        { type: 'int_parsing', loc: ['path', 'workflow_id'] },
        { type: 'int_parsing', loc: ['path', 'run_id'] },
      ],
    });
  });
});

describe('the runs of one agent', () => {
  it('are only its own, and show whether they are completed, without URLs', async () => {
    simulator.addRun({ createdAt: hour(10) });
    simulator.addRun({ agent: simulator.world.agents.leadQualifier });
    simulator.addRun({ createdAt: hour(11), endedAt: null });
    await answerAt(simulator, '/workflow/101/runs/1001');
    const { body } = await asked();

    expect(body).toMatchObject({ total_count: 2, page: 1, limit: 50, total_pages: 1 });
    expect((body as { runs: Fields[] }).runs).toMatchObject([
      { id: 1003, is_completed: false, cost_info: null },
      {
        id: 1001,
        is_completed: true,
        recording_url: 'recordings/1001.wav',
        recording_public_url: null,
        public_access_token: null,
        usage_info: null,
        cost_info: { call_duration_seconds: 60 },
      },
    ]);
  });

  it('are none if the agent belongs to another organization or does not exist', async () => {
    simulator.addRun({ agent: simulator.world.agents.globexSurvey });
    expect((await asked({}, 201)).body).toMatchObject({ runs: [], total_count: 0, total_pages: 0 });
    expect((await asked({}, 999)).body).toMatchObject({ runs: [], total_count: 0 });
  });

  it('have pages', async () => {
    for (let index = 0; index < 5; index += 1) simulator.addRun({ createdAt: hour(index) });
    expect(await idsIn({ limit: '2' })).toEqual([1005, 1004]);
    expect(await idsIn({ limit: '2', page: '3' })).toEqual([1001]);
    expect(await idsIn({ limit: '2', page: '4' })).toEqual([]);
    expect((await asked({ limit: '2' })).body).toMatchObject({ total_count: 5, total_pages: 3 });
  });

  it.each<[Record<string, string>, number[]]>([
    [{}, [1002, 1003, 1001, 1004]],
    [{ sort_by: 'created_at', sort_order: 'asc' }, [1004, 1001, 1003, 1002]],
    [{ sort_by: 'duration' }, [1001, 1003, 1002, 1004]],
    // A running call has no duration and is the last one in both orders.
    [{ sort_by: 'duration', sort_order: 'asc' }, [1002, 1003, 1001, 1004]],
  ])('have the order %j', async (query, ids) => {
    simulator.addRun({ createdAt: hour(10), ending: { durationSeconds: 30 } });
    simulator.addRun({ createdAt: hour(12), ending: { durationSeconds: 10 } });
    simulator.addRun({ createdAt: hour(11), ending: { durationSeconds: 20 } });
    simulator.addRun({ createdAt: hour(9), endedAt: null });
    expect(await idsIn(query)).toEqual(ids);
  });

  it('are not ordered by anything else', async () => {
    expect((await asked({ sort_by: 'mood' })).status).toBe(200);
    expect(simulator.contractViolations).toEqual([
      {
        side: 'request',
        route: 'GET /api/v1/workflow/{workflow_id}/runs',
        problem: 'query /sort_by must be equal to one of the allowed values',
      },
    ]);
    simulator.reset();
  });
});

describe('a filter of one agent’s runs', () => {
  const done = 1001;
  const busy = 1002;
  const live = 1003;

  beforeEach(() => {
    simulator.addRun({
      createdAt: hour(10),
      ending: { disposition: 'sold', mappedDisposition: 'SOLD', durationSeconds: 90 },
    });
    simulator.addRun({ createdAt: hour(11), ending: { disposition: 'busy' } });
    simulator.addRun({ createdAt: hour(12), endedAt: null });
  });

  it.each<[string, string, Fields, number[]]>([
    ['dateRange', 'dateRange', { from: hour(11) }, [live, busy]],
    ['dateRange', 'dateRange', { to: hour(11) }, [busy, done]],
    ['dateRange', 'dateRange', { from: hour(11), to: hour(11) }, [busy]],
    ['dateRange', 'dateRange', { from: '', to: null }, [live, busy, done]],
    ['status', 'radio', { status: 'completed' }, [busy, done]],
    ['status', 'radio', { status: 'in_progress' }, [live]],
    ['status', 'radio', { status: 'all' }, [live, busy, done]],
    ['dispositionCode', 'multiSelect', { codes: ['SOLD', 'sold'] }, [done]],
    ['duration', 'numberRange', { min: 1 }, [done]],
    ['duration', 'numberRange', { max: 89 }, [busy]],
    ['status', 'text', { status: 'completed' }, [live, busy, done]],
    ['tokenUsage', 'numberRange', {}, [live, busy, done]],
  ])('%s of type %s with %j', async (attribute, type, value, ids) => {
    expect(await idsIn(filtered({ attribute, type, value }))).toEqual(ids);
  });

  it('applies together with other filters, and is returned', async () => {
    const completed = { attribute: 'status', type: 'radio', value: { status: 'completed' } };
    const early = { attribute: 'dateRange', type: 'dateRange', value: { to: hour(10) } };
    expect(await idsIn(filtered(completed, early))).toEqual([done]);
    expect((await asked(filtered(completed))).body).toMatchObject({ applied_filters: [completed] });
    expect((await asked()).body).toMatchObject({ applied_filters: null });
  });

  it.each(['runId', 'calledNumber', 'callDirection', 'mood'])(
    'is refused with the attribute %s',
    async (attribute) => {
      expect(await asked(filtered({ attribute, type: 'text', value: { value: '1' } }))).toEqual(
        refusal(403, `Invalid attribute '${attribute}'`),
      );
    },
  );

  it('is refused if it is not JSON', async () => {
    expect(await asked({ filters: '[{' })).toEqual(refusal(400, 'Invalid filter format'));
  });

  it.each(['yesterday', '2026-08-01T10:00:00', 7])(
    'gets a 500 for the time %s, as in Dograh',
    async (from) => {
      const filter = { attribute: 'dateRange', type: 'dateRange', value: { from } };
      expect((await asked(filtered(filter))).status).toBe(500);
    },
  );
});

describe('a request for runs of an agent is refused', () => {
  it.each(['/workflow/101/runs', '/workflow/101/runs/1001'])(
    'at %s without a key or with a wrong key',
    async (path) => {
      expect((await answerAt(simulator, path, null)).status).toBe(401);
      expect((await answerAt(simulator, path, 'dg_wrong')).status).toBe(401);
    },
  );

  it.each([{ limit: '101' }, { limit: '0' }, { page: '0' }, { page: 'two' }])(
    'the query %j',
    async (query) => {
      expect((await asked(query)).status).toBe(422);
    },
  );
});

describe('faults', () => {
  const fault = { kind: 'status', callPlaced: false, status: 503 } as const;

  it.each([
    ['run', '/workflow/101/runs/1001', '/workflow/101/runs'],
    ['agentRuns', '/workflow/101/runs', '/workflow/101/runs/1001'],
  ] as const)('of the target %s strike %s, and not %s', async (on, struck, spared) => {
    simulator.addRun();
    simulator.faults.add({ on, fault });
    expect((await post(simulator)).status).toBe(200);
    expect((await answerAt(simulator, spared)).status).toBe(200);
    expect((await answerAt(simulator, struck)).status).toBe(503);
    expect((await answerAt(simulator, struck)).status).toBe(200);
  });
});
