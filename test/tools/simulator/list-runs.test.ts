import { answerAt, answerTo, aNumber, getRuns, post } from '../../../tools/simulator/api-caller';
import { createWorld, startSimulator, type Simulator } from '../../../tools/simulator/index';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});

afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
  simulator.reset();
});

afterAll(() => simulator.stop());

type Listed = Record<string, unknown>;
type Page = Record<string, unknown> & { runs: Listed[] };

async function pageOf(query: Record<string, string> = {}, on = simulator): Promise<Page> {
  const response = await getRuns(on, query);
  expect(response.status).toBe(200);
  return (await response.json()) as Page;
}

async function idsIn(query: Record<string, string> = {}): Promise<unknown[]> {
  return (await pageOf(query)).runs.map(({ id }) => id);
}

async function refusalOf(
  query: Record<string, string>,
  apiKey?: string | null,
): Promise<{ status: number; body: unknown }> {
  const response = await getRuns(simulator, query, apiKey);
  return { status: response.status, body: await response.json() };
}

describe('a run in the list', () => {
  it('shows the known data of a running call, and not whether it is completed', async () => {
    await answerTo(simulator, { body: { phone_number: aNumber, initial_context: { a: 1 } } });
    const [run] = (await pageOf()).runs;

    expect(run).toMatchObject({
      id: 1001,
      name: simulator.calls[0]?.runName,
      workflow_id: 101,
      workflow_name: 'Appointment Reminder',
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/),
      dograh_token_usage: 0,
      call_duration_seconds: 0,
      called_number: aNumber,
      caller_number: simulator.world.phoneNumbers.acmeReception.address,
      call_type: 'outbound',
      disposition: null,
      initial_context: { a: 1, trigger_mode: 'production', called_number: aNumber },
      recording_public_url: null,
      charge_usd: null,
    });
    expect(run?.['gathered_context']).toEqual({
      provider: 'twilio',
      triggered_by: 'api',
      trigger_uuid: simulator.world.agents.appointmentReminder.trigger,
    });
    expect(Date.parse(String(run?.['created_at']))).toBe(
      Date.parse(simulator.calls[0]?.createdAt ?? ''),
    );
    expect(run).not.toHaveProperty('is_completed');
  });

  it('shows how a call ended', async () => {
    const quick = await startSimulator({ dialMs: 1, ringMs: 1, callDurationMs: 1 });
    await answerTo(quick);
    await quick.waitFor(1001, 'results');
    const { runs } = await pageOf({}, quick).finally(() => quick.stop());

    expect(runs).toMatchObject([
      { disposition: 'user_hangup', call_duration_seconds: 1, charge_usd: 0.125 },
    ]);
    expect(runs[0]?.['gathered_context']).toMatchObject({
      customer_satisfied: 'yes',
      call_tags: ['user_hangup', 'user_speech'],
      call_disposition: 'user_hangup',
      mapped_call_disposition: 'user_hangup',
    });
  });

  it.each([
    ['could not be dialed', /^Failed to initiate call: /],
    ['could not be paid', /^No credits left\.$/],
  ])('shows why its call %s', async (problem, reason) => {
    if (problem === 'could not be paid') simulator.world.acme.quotaExhausted = 'No credits left.';
    else simulator.world.unreachableNumbers.push(aNumber);
    await answerTo(simulator);
    const { runs } = await pageOf();

    expect(runs).toMatchObject([
      { disposition: 'error', call_duration_seconds: 0, charge_usd: null },
    ]);
    expect(runs[0]?.['gathered_context']).toEqual({
      error: expect.stringMatching(reason),
      call_disposition: 'error',
      mapped_call_disposition: 'error',
    });
  });
});

describe('the storage key of a listed run', () => {
  const names = ['recording', 'transcript', 'user_recording', 'bot_recording'];
  const addresses = (run: Listed | undefined): unknown[] =>
    names.map((name) => run?.[`${name}_public_url`]);

  it('is missing until a client has read the run itself', async () => {
    const { runId } = simulator.addRun();
    const [before] = (await pageOf()).runs;
    expect(before).toMatchObject({
      public_access_token: null,
      transcript_url: 'transcripts/1001.txt',
    });
    expect(addresses(before)).toEqual([null, null, null, null]);

    await answerAt(simulator, `/workflow/101/runs/${String(runId)}`);
    const [after] = (await pageOf()).runs;
    const token = String(after?.['public_access_token']);
    expect(token).toMatch(/^[0-9a-f-]{36}$/);
    expect(addresses(after)).toEqual(
      names.map((name) => `${simulator.url}/api/v1/public/download/workflow/${token}/${name}`),
    );
  });

  it('is there at once if a webhook needs it', async () => {
    simulator.addRun({ agent: simulator.world.agents.deliveryUpdate });
    simulator.addRun({
      agent: simulator.world.agents.deliveryUpdate,
      ending: { transcript: null, recording: false },
    });
    const [without, run] = (await pageOf()).runs;

    expect(addresses(run)).toEqual(
      names.map((name): unknown => expect.stringMatching(`/${name}$`)),
    );
    // Dograh always returns the first two.
    expect(addresses(without)).toEqual([
      expect.stringMatching(/\/recording$/),
      expect.stringMatching(/\/transcript$/),
      null,
      null,
    ]);
  });
});

describe('an inbound run in the list', () => {
  it('has the caller and the called number exchanged', async () => {
    simulator.addRun({ direction: 'inbound', phoneNumber: aNumber });
    expect((await pageOf()).runs).toMatchObject([
      {
        name: expect.stringMatching(/^WR-TEL-IN-\d{8}$/),
        call_type: 'inbound',
        phone_number: aNumber,
        caller_number: aNumber,
        called_number: simulator.world.phoneNumbers.acmeReception.address,
        initial_context: { direction: 'inbound', caller_number: aNumber },
      },
    ]);
  });
});

describe('the list of runs', () => {
  it('contains only runs of the organization of the key', async () => {
    const { globex, agents } = simulator.world;
    await answerTo(simulator);
    await answerTo(simulator, { apiKey: globex.apiKey, route: agents.globexSurvey.trigger });

    expect(await idsIn()).toEqual([1001]);
    expect(await (await getRuns(simulator, {}, globex.apiKey)).json()).toMatchObject({
      runs: [{ id: 1002, workflow_id: agents.globexSurvey.id }],
      total_count: 1,
    });
  });

  it('is empty if there are no runs', async () => {
    expect(await pageOf()).toMatchObject({ runs: [], total_count: 0, page: 1, total_pages: 0 });
  });

  it('has the newest run first, and the higher ID first for equal times', async () => {
    await placed(3);
    const [first, second, third] = simulator.runs;
    for (const run of [first, second]) Reflect.set(run ?? {}, 'createdAt', third?.createdAt);
    Reflect.set(first ?? {}, 'createdAt', new Date(Date.now() + 1000).toISOString());

    expect(await idsIn()).toEqual([1001, 1003, 1002]);
  });

  it('has fifty runs per page by default', async () => {
    simulator.world.acme.concurrentCallLimit = 100;
    await placed(51);

    expect(await idsIn()).toHaveLength(50);
    expect(await idsIn({ page: '2' })).toEqual([1001]);
    expect(await idsIn({ limit: '100' })).toHaveLength(51);
  });

  it('has pages, and nothing after the last page', async () => {
    await placed(5);

    expect(await idsIn({ page: '1', limit: '2' })).toEqual([1005, 1004]);
    expect(await idsIn({ page: '2', limit: '2' })).toEqual([1003, 1002]);
    expect(await pageOf({ page: '4', limit: '2' })).toMatchObject({
      runs: [],
      page: 4,
      limit: 2,
      total_count: 5,
      total_pages: 3,
    });
  });

  it('can be limited to runs created between two times, both included', async () => {
    await placed(3);
    const times = [
      '2026-08-01T10:00:00.000Z',
      '2026-08-01T10:00:01.000Z',
      '2026-08-01T10:00:02.000Z',
    ];
    simulator.runs.forEach((run, index) => Reflect.set(run, 'createdAt', times[index]));

    expect(await idsIn({ start_date: '2026-08-01T10:00:01Z' })).toEqual([1003, 1002]);
    expect(await idsIn({ start_date: '2026-08-01T10:00:01.001Z' })).toEqual([1003]);
    expect(await idsIn({ end_date: '2026-08-01T12:00:01+02:00' })).toEqual([1002, 1001]);
    expect(await idsIn({ start_date: times[1] ?? '', end_date: times[1] ?? '' })).toEqual([1002]);
    expect(await idsIn({ start_date: '' })).toHaveLength(3);
  });
});

describe('the list of runs refuses', () => {
  it.each([null, 'dg_wrong'])('the key %s', async (apiKey) => {
    expect((await refusalOf({}, apiKey)).status).toBe(401);
  });

  it.each([
    ['limit', '0', 'greater_than_equal', 'Input should be greater than or equal to 1'],
    ['limit', '101', 'less_than_equal', 'Input should be less than or equal to 100'],
    ['page', '0', 'greater_than_equal', 'Input should be greater than or equal to 1'],
    ['page', 'two', 'int_parsing', expect.stringContaining('unable to parse string')],
    ['limit', '', 'int_parsing', expect.stringContaining('unable to parse string')],
  ])('a %s of "%s", with FastAPI’s message', async (name, input, type, msg) => {
    expect(await refusalOf({ [name]: input })).toEqual({
      status: 422,
      body: { detail: [expect.objectContaining({ loc: ['query', name], type, msg, input })] },
    });
  });

  it.each(['yesterday', '2026-08-01T10:00:00'])(
    'the time %s with a 500, as Dograh does',
    async (time) => {
      expect((await refusalOf({ start_date: time })).status).toBe(500);
      expect((await refusalOf({ end_date: time })).status).toBe(500);
    },
  );
});

describe('faults of the list of runs', () => {
  it('apply to it, and to no call', async () => {
    simulator.faults.add({ on: 'runs', fault: { kind: 'status', callPlaced: false, status: 503 } });

    expect((await post(simulator)).status).toBe(200);
    expect((await getRuns(simulator)).status).toBe(503);
    expect(await idsIn()).toEqual([1001]);
  });

  it('may apply after the list was made', async () => {
    simulator.faults.add({ on: 'runs', fault: { kind: 'cut-off', callPlaced: true } });
    const response = await getRuns(simulator);

    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow('terminated');
  });

  it('are counted separately from faults of calls', async () => {
    simulator.faults.add({ on: 'call', fault: { kind: 'status', callPlaced: false, status: 502 } });

    expect((await getRuns(simulator)).status).toBe(200);
    expect((await post(simulator)).status).toBe(502);
  });
});

describe('Dograh’s own clock', () => {
  it.each([-600_000, 600_000])(
    'may be off by %i ms, which shows in all times of a run',
    async (offset) => {
      const skewed = await startSimulator({
        world: createWorld(),
        clockOffsetMs: offset,
        dialMs: 1,
        ringMs: 1,
        callDurationMs: 1,
      });
      const before = Date.now();
      await answerTo(skewed);
      const run = await skewed.waitFor(1001, 'completed');
      const [listed] = (await pageOf({}, skewed).finally(() => skewed.stop())).runs;

      const times = [
        run.createdAt,
        run.placedAt,
        listed?.['created_at'],
        ...run.states.map(({ at }) => at),
      ];
      expect(times).toHaveLength(7);
      for (const time of times) {
        expect(Date.parse(String(time)) - offset).toBeGreaterThanOrEqual(before);
        expect(Date.parse(String(time)) - offset).toBeLessThanOrEqual(Date.now());
      }
    },
  );
});

async function placed(count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    expect((await post(simulator)).status).toBe(200);
  }
}
