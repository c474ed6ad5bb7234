import { getRuns } from '../../../tools/simulator/api-caller';
import {
  act,
  contactsFile,
  create,
  launch,
  numberInRow,
  read,
} from '../../../tools/simulator/campaigns/campaign-caller';
import {
  createWorld,
  dograhPace,
  startSimulator,
  type Campaign,
  type Simulator,
} from '../../../tools/simulator/index';

/** Each call takes 8 seconds, and nothing happens unless the test moves the clock on. */
const pace = {
  campaignTiming: dograhPace,
  dialMs: 1000,
  ringMs: 2000,
  callDurationMs: 5000,
  resultsAfterMs: 500,
  artifactsAfterMs: 500,
};
const second = 1000;
const hour = 3_600_000;

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ ...pace, world: createWorld('1.45') });
});

afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
  simulator.reset();
});

afterAll(() => simulator.stop());

function dialed(on = simulator): string[] {
  return on.calls.map(({ phoneNumber }) => phoneNumber);
}

function campaign(id: number): Campaign {
  const found = simulator.campaigns.find((one) => one.id === id);
  if (!found) throw new Error('There is no such campaign.');
  return found;
}

function withManyCallerIds(count = 10): void {
  const { phoneNumbers } = simulator.world;
  const numbers = Array.from({ length: count }, (_, index) => ({
    ...phoneNumbers.acmeSales,
    id: 1000 + index,
    address: `+1415555${String(3000 + index)}`,
  }));
  Object.assign(phoneNumbers, Object.fromEntries(numbers.map((one) => [String(one.id), one])));
}

describe('a started campaign', () => {
  it('reads its file first, and then calls each contact once', async () => {
    const id = await launch(simulator, { csv: contactsFile(4) });
    expect(campaign(id)).toMatchObject({ state: 'syncing', startedTimes: 1 });
    expect(await read(simulator, id)).toMatchObject({ state: 'syncing', total_rows: null });

    simulator.advance(second);
    expect(await read(simulator, id)).toMatchObject({
      state: 'running',
      total_rows: 4,
      started_at: expect.stringMatching(/Z$/),
    });
    simulator.advance(60 * second);
    expect(dialed().toSorted()).toEqual([2, 3, 4, 5].map(numberInRow));
    expect(campaign(id).dialedRows).toHaveLength(4);
    expect(await read(simulator, id)).toMatchObject({
      executed_count: 4,
      total_queued_count: 4,
    });
  });

  it('runs by itself if nobody moves the clock on', async () => {
    const quick = await startSimulator({ dialMs: 1, ringMs: 1, callDurationMs: 1 });
    const called = new Promise((resolve) => quick.onChange(resolve));
    await launch(quick, { csv: contactsFile(1) });
    await called;

    expect(dialed(quick)).toEqual([numberInRow(2)]);
    await quick.stop();
  });

  it('does not call a contact without a number', async () => {
    const csv = `${contactsFile(1)}\n,Bob,bob@example.com`;
    const id = await launch(simulator, { csv });
    simulator.advance(60 * second);

    expect(dialed()).toEqual([numberInRow(2)]);
    expect(await read(simulator, id)).toMatchObject({ total_rows: 1, total_queued_count: 1 });
  });

  it('is completed at once if no contact has a number', async () => {
    const id = await launch(simulator, {
      csv: 'phone_number,first_name,email\n,Bob,bob@example.com',
    });
    simulator.advance(second);
    expect(await read(simulator, id)).toMatchObject({ state: 'completed', total_rows: 0 });
  });

  it('calls one contact a second', async () => {
    withManyCallerIds();
    await launch(simulator, { csv: contactsFile(5) });
    simulator.advance(second);
    expect(dialed()).toHaveLength(1);
    simulator.advance(2.5 * second);
    expect(dialed()).toHaveLength(3);
  });

  it('does not call in the order of the file', async () => {
    withManyCallerIds(20);
    simulator.world.acme.concurrentCallLimit = 20;
    await launch(simulator, { csv: contactsFile(12) });
    simulator.advance(60 * second);

    expect(dialed()).toHaveLength(12);
    expect(dialed()).not.toEqual(dialed().toSorted());
  });
});

describe('the calls of a campaign', () => {
  it('have its name and the columns of the file', async () => {
    const csv =
      'phone_number,first_name,email,call_reference,Greeting_Override_Type,greeting_override_text\n' +
      '+14155550150,Ada,ada@example.com,ref-1,text,Hi {{first_name}}\n';
    const id = await launch(simulator, { csv });
    simulator.advance(2 * second);
    const [row] = campaign(id).rows;

    expect(simulator.calls).toHaveLength(1);
    expect(simulator.calls[0]).toMatchObject({
      runName: `WR-CAMPAIGN-${String(id)}-${String(row?.id)}`,
      environment: 'production',
      agentVersion: 'published',
      trigger: null,
      campaignRow: { campaignId: id, rowId: row?.id },
    });
    expect(simulator.calls[0]?.initialContext).toEqual({
      phone_number: '+14155550150',
      first_name: 'Ada',
      email: 'ada@example.com',
      call_reference: 'ref-1',
      greeting_override: { type: 'text', text: 'Hi {{first_name}}' },
      campaign_id: id,
      source_uuid: expect.stringMatching(/^csv_[0-9a-f]{8}_row_1$/),
      called_number: '+14155550150',
      caller_number: '+14155550111',
      provider: 'twilio',
      direction: 'outbound',
      telephony_configuration_id: 11,
    });
  });

  it('are numbered over all campaigns, not in each of them', async () => {
    await launch(simulator, { csv: contactsFile(2) });
    simulator.advance(60 * second);
    const id = await launch(simulator, { csv: contactsFile(1) });
    simulator.advance(60 * second);

    expect(simulator.calls.at(-1)?.runName).toBe(`WR-CAMPAIGN-${String(id)}-3`);
  });

  it('also have the variables that Dograh 1.48 fills in', async () => {
    simulator.world.version = '1.48';
    await launch(simulator, { csv: contactsFile(1) });
    simulator.advance(2 * second);

    expect(simulator.calls[0]?.initialContext).toMatchObject({
      call_id: 'CA1001',
      workflow_run_id: 1001,
    });
  });

  it('are in the list of all runs, which can be filtered by campaign', async () => {
    await launch(simulator, { csv: contactsFile(2) });
    simulator.advance(60 * second);
    const id = await launch(simulator, { csv: contactsFile(1) });
    simulator.advance(60 * second);
    const filters = JSON.stringify([
      { attribute: 'campaignId', type: 'number', value: { value: id } },
    ]);

    expect(await (await getRuns(simulator, { filters })).json()).toMatchObject({
      total_count: 1,
      runs: [{ initial_context: { campaign_id: id }, disposition: 'user_hangup' }],
    });
    expect(await (await getRuns(simulator)).json()).toMatchObject({ total_count: 3 });
  });

  it('use one caller ID each in Dograh 1.45, so there are as many as caller IDs', async () => {
    await launch(simulator, { csv: contactsFile(4) });
    simulator.advance(6 * second);

    expect(simulator.calls.map(({ initialContext }) => initialContext['caller_number'])).toEqual([
      '+14155550111',
      '+14155550112',
    ]);
  });

  it('share the caller IDs in Dograh 1.48', async () => {
    simulator.world.version = '1.48';
    await launch(simulator, { csv: contactsFile(4) });
    simulator.advance(6 * second);

    expect(simulator.calls).toHaveLength(4);
  });

  it('are at most as many at once as the campaign may have', async () => {
    await launch(simulator, { csv: contactsFile(4), body: { max_concurrency: 1 } });
    simulator.advance(6 * second);
    expect(simulator.calls).toHaveLength(1);
    simulator.advance(60 * second);
    expect(simulator.calls).toHaveLength(4);
  });
});

describe('a pause', () => {
  it('lets the batch under way finish', async () => {
    withManyCallerIds();
    const id = await launch(simulator, { csv: contactsFile(12) });
    simulator.advance(4 * second);
    expect(dialed()).toHaveLength(4);

    expect(await act(simulator, id, 'pause')).toMatchObject({ body: { state: 'paused' } });
    simulator.advance(hour);
    expect(dialed()).toHaveLength(10);
    expect(campaign(id).state).toBe('paused');
  });

  it('is undone if the file is being read', async () => {
    const id = await launch(simulator);
    expect(await act(simulator, id, 'pause')).toMatchObject({ body: { state: 'paused' } });
    simulator.advance(60 * second);

    expect(campaign(id).state).toBe('running');
    expect(dialed()).toHaveLength(3);
  });

  it('ends when the campaign is resumed, at the next look for work', async () => {
    withManyCallerIds();
    const id = await launch(simulator, { csv: contactsFile(12) });
    simulator.advance(4 * second);
    await act(simulator, id, 'pause');
    simulator.advance(40 * second);
    expect(await act(simulator, id, 'resume')).toMatchObject({ body: { state: 'running' } });

    expect(dialed()).toHaveLength(10);
    simulator.advance(60 * second);
    expect(dialed()).toHaveLength(12);
  });
});

describe('a retry', () => {
  const busy = '+14155550191';
  const csvOf = (number: string): string =>
    `phone_number,first_name,email\n${number},Ada,ada@example.com`;

  it('calls a busy number again after two minutes', async () => {
    const id = await launch(simulator, { csv: csvOf(busy) });
    simulator.advance(110 * second);
    expect(dialed()).toEqual([busy]);

    simulator.advance(120 * second);
    expect(dialed()).toEqual([busy, busy]);
    const [first, retry] = simulator.calls.map(({ initialContext }) => initialContext);
    expect(first).not.toHaveProperty('is_retry');
    expect(retry).toMatchObject({
      first_name: 'Ada',
      is_retry: true,
      retry_attempt: 1,
      retry_reason: 'busy',
      source_uuid: `${String(first?.['source_uuid'])}_retry_1`,
    });
    expect(await read(simulator, id)).toMatchObject({
      executed_count: 2,
      total_queued_count: 2,
      total_rows: 1,
    });
  });

  it('ends after as many retries as the campaign has', async () => {
    const body = { retry_config: { max_retries: 3, retry_delay_seconds: 30 } };
    const id = await launch(simulator, { csv: csvOf('+14155550192'), body });
    simulator.advance(2 * hour);

    expect(dialed()).toHaveLength(4);
    expect(campaign(id).failedRows).toBe(1);
    expect(simulator.calls.at(-1)?.initialContext).toMatchObject({
      retry_attempt: 3,
      retry_reason: 'no_answer',
    });
  });

  it.each([
    ['a voicemail', '+14155550193', { retry_on_voicemail: true }],
    ['a busy number if that is switched off', busy, { retry_on_busy: false }],
    ['a missing answer if that is switched off', '+14155550192', { retry_on_no_answer: false }],
    ['a busy number if retries are switched off', busy, { enabled: false }],
  ])('never follows %s', async (_what, number, settings) => {
    await launch(simulator, { csv: csvOf(number), body: { retry_config: settings } });
    simulator.advance(hour);
    expect(dialed()).toHaveLength(1);
  });
});

describe('a schedule', () => {
  const monday = Date.parse('2026-08-03T06:30:00Z');
  let offset = 0;
  let scheduled: Simulator;

  beforeEach(async () => {
    offset = monday - Date.now();
    scheduled = await startSimulator({ ...pace, clockOffsetMs: () => offset });
  });
  afterEach(() => scheduled.stop());

  const slots = [{ day_of_week: 0, start_time: '09:00', end_time: '09:01' }];
  const body = { schedule_config: { timezone: 'Europe/Berlin', slots } };

  it('delays the first batch until its slot', async () => {
    await launch(scheduled, { csv: contactsFile(2), body });
    scheduled.advance(29 * 60 * second);
    expect(dialed(scheduled)).toEqual([]);
    scheduled.advance(2 * 60 * second);
    expect(dialed(scheduled)).toHaveLength(2);
  });

  it('does not end the batch under way', async () => {
    const slow = { ...body, max_concurrency: 1 };
    await launch(scheduled, { csv: contactsFile(12), body: slow });
    scheduled.advance(2 * hour);

    expect(dialed(scheduled)).toHaveLength(10);
    expect(scheduled.campaigns).toMatchObject([{ state: 'running' }]);
  });

  it('without effect is one that is switched off', async () => {
    const off = { schedule_config: { ...body.schedule_config, enabled: false } };
    await launch(scheduled, { csv: contactsFile(2), body: off });
    scheduled.advance(60 * second);
    expect(dialed(scheduled)).toHaveLength(2);
  });
});

describe('a campaign without more work is completed', () => {
  it('an hour after its last activity in Dograh 1.45', async () => {
    const id = await launch(simulator, { csv: contactsFile(2) });
    simulator.advance(3590 * second);
    expect(await read(simulator, id)).toMatchObject({ state: 'running', completed_at: null });
    simulator.advance(120 * second);
    expect(await read(simulator, id)).toMatchObject({
      state: 'completed',
      completed_at: expect.stringMatching(/Z$/),
    });
  });

  it('when its last call is over in Dograh 1.48', async () => {
    simulator.world.version = '1.48';
    const id = await launch(simulator, { csv: contactsFile(2) });
    simulator.advance(8 * second);
    expect(campaign(id).state).toBe('running');
    simulator.advance(3 * second);
    expect(campaign(id).state).toBe('completed');
  });

  it('only after its retries in Dograh 1.48', async () => {
    simulator.world.version = '1.48';
    const csv = 'phone_number,first_name,email\n+14155550191,Ada,ada@example.com';
    const id = await launch(simulator, { csv });
    simulator.advance(60 * second);
    expect(campaign(id).state).toBe('running');
    simulator.advance(200 * second);
    expect(campaign(id).state).toBe('completed');
    expect(dialed()).toHaveLength(2);
  });
});

describe('a batch that a test runs', () => {
  it('calls ten contacts at once, if there are slots', async () => {
    withManyCallerIds();
    const id = await launch(simulator, { csv: contactsFile(12) });

    expect(simulator.runBatch(id)).toHaveLength(10);
    expect(dialed()).toHaveLength(10);
    expect(new Set(dialed()).size).toBe(10);
  });

  it('continues when slots become free', async () => {
    const id = await launch(simulator, { csv: contactsFile(3) });
    expect(simulator.runBatch(id)).toHaveLength(2);
    expect(simulator.runBatch(id)).toEqual([]);
    for (const { runId } of simulator.calls) simulator.finish(runId);
    expect(simulator.runBatch(id)).toHaveLength(1);
  });

  it('calls nobody in a campaign that is not running', async () => {
    await create(simulator);
    expect(simulator.runBatch(1)).toEqual([]);
    expect(() => simulator.runBatch(2)).toThrow('There is no campaign 2.');
  });
});
