import {
  act,
  contactsFile,
  launch,
  presign,
  read,
} from '../../../tools/simulator/campaigns/campaign-caller';
import {
  createWorld,
  dograhPace,
  startSimulator,
  type Campaign,
  type Simulator,
} from '../../../tools/simulator/index';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({
    campaignTiming: dograhPace,
    world: createWorld('1.45'),
    dialMs: 100,
    ringMs: 100,
    callDurationMs: 300,
  });
});

afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
  simulator.reset();
});

afterAll(() => simulator.stop());

const second = 1000;
const minute = 60 * second;

function campaign(id = 1): Campaign {
  const found = simulator.campaigns.find((one) => one.id === id);
  if (!found) throw new Error('There is no such campaign.');
  return found;
}

function rowsIn(state: string, id = 1): number {
  return campaign(id).rows.filter((row) => row.state === state).length;
}

describe('two campaigns of an organization at once', () => {
  it('lose rows in Dograh 1.45: they fail without a run', async () => {
    await launch(simulator, { csv: contactsFile(5) });
    await launch(simulator, { csv: contactsFile(5) });
    simulator.advance(5 * minute);

    const lost = rowsIn('failed', 1) + rowsIn('failed', 2);
    expect(lost).toBeGreaterThan(0);
    expect(simulator.calls).toHaveLength(10 - lost);
    expect(await read(simulator, 1)).toMatchObject({
      state: 'running',
      executed_count: 5 - rowsIn('failed', 1),
      total_queued_count: 5,
      failed_rows: 0,
      logs: [],
    });
  });

  it('lose no row in Dograh 1.48', async () => {
    simulator.world.version = '1.48';
    await launch(simulator, { csv: contactsFile(5) });
    await launch(simulator, { csv: contactsFile(5) });
    simulator.advance(5 * minute);

    expect(simulator.calls).toHaveLength(10);
    expect(simulator.campaigns).toMatchObject([{ state: 'completed' }, { state: 'completed' }]);
  });

  it('of two organizations do not disturb each other', async () => {
    const { apiKey } = simulator.world.globex;
    const csv = 'phone_number,customer_name\n+14155550150,Ada\n+14155550151,Bob';
    const body = { workflow_id: simulator.world.agents.globexSurvey.id };
    await launch(simulator, { csv: contactsFile(5) });
    await launch(simulator, { csv, apiKey, body });
    simulator.advance(5 * minute);

    expect(simulator.calls).toHaveLength(7);
  });
});

describe('a campaign without a free slot', () => {
  it('fails after ten minutes, and can be neither started nor resumed', async () => {
    simulator.world.acme.concurrentCallLimit = 1;
    simulator.addRun({ endedAt: null });
    const id = await launch(simulator);
    simulator.advance(9 * minute);
    expect(campaign().state).toBe('running');
    simulator.advance(2 * minute);

    expect(await read(simulator, id)).toMatchObject({
      state: 'failed',
      completed_at: null,
      executed_count: 0,
      total_queued_count: 3,
      logs: [
        {
          level: 'error',
          event: 'batch_failed',
          message: expect.stringMatching(/^Concurrent slot acquisition timeout: /),
        },
      ],
    });
    expect((await act(simulator, id, 'start')).status).toBe(400);
    expect((await act(simulator, id, 'resume')).status).toBe(400);
    expect(simulator.calls).toEqual([]);
  });

  it('goes on if a slot becomes free in time', async () => {
    simulator.world.acme.concurrentCallLimit = 1;
    const { runId } = simulator.addRun({ endedAt: null });
    await launch(simulator);
    simulator.advance(9 * minute);
    simulator.finish(runId);
    simulator.advance(minute);

    expect(simulator.calls).toHaveLength(3);
  });

  it('fails after half an hour if it has no caller ID', async () => {
    const body = { telephony_configuration_id: simulator.world.telephony.acmeUnfinished.id };
    simulator.world.telephony.acmeUnfinished.outboundBlockedReason = null;
    const id = await launch(simulator, { body });
    simulator.advance(25 * minute);
    expect(campaign().state).toBe('running');
    simulator.advance(10 * minute);

    expect(await read(simulator, id)).toMatchObject({
      state: 'failed',
      logs: [{ event: 'phone_number_pool_exhausted' }],
    });
  });
});

describe('a call of a campaign that cannot be placed', () => {
  it('has a run without a disposition, and its row fails', async () => {
    const csv = 'phone_number,first_name,email\n+14155550199,Ada,ada@example.com';
    const id = await launch(simulator, { csv });
    simulator.advance(minute);

    expect(await read(simulator, id, '/runs')).toMatchObject({
      runs: [
        {
          is_completed: true,
          gathered_context: { error: expect.stringContaining('+14155550199') },
          cost_info: null,
        },
      ],
    });
    expect(simulator.runs[0]?.gatheredContext).not.toHaveProperty('call_disposition');
    expect(rowsIn('failed')).toBe(1);
    expect(simulator.calls).toEqual([]);
  });

  it('has a run with the reason if there is no credit left', async () => {
    const id = await launch(simulator);
    simulator.world.acme.quotaExhausted = 'No credits left.';
    simulator.advance(minute);

    expect(await read(simulator, id)).toMatchObject({ state: 'running', executed_count: 0 });
    expect(simulator.runs.map(({ error }) => error)).toEqual(
      Array.from({ length: 3 }, () => 'No credits left.'),
    );
  });

  it('has no run if there is no telephony anymore, and fails the campaign in 1.48', async () => {
    const { acmeMain } = simulator.world.telephony;
    const body = { telephony_configuration_id: acmeMain.id };
    await launch(simulator, { body });
    acmeMain.inactive = true;
    simulator.advance(minute);
    expect(rowsIn('failed')).toBe(3);

    acmeMain.inactive = false;
    simulator.world.version = '1.48';
    await launch(simulator, { body });
    acmeMain.inactive = true;
    simulator.advance(minute);
    expect(campaign(2).state).toBe('failed');
    expect(rowsIn('queued', 2)).toBe(3);
    expect(simulator.runs).toEqual([]);
  });
});

describe('the circuit breaker', () => {
  const failing = { disposition: 'failed' };

  function failAll(count: number): void {
    for (let index = 0; index < count; index += 1) simulator.endNext(failing);
  }

  it('pauses a campaign after too many failed calls, although it seems to be off', async () => {
    failAll(5);
    const id = await launch(simulator, { csv: contactsFile(20) });
    simulator.advance(30 * second);

    expect(await read(simulator, id)).toMatchObject({
      state: 'paused',
      circuit_breaker: { enabled: false },
      logs: [
        {
          level: 'warning',
          event: 'circuit_breaker_tripped',
          message: 'Paused: failure rate 100.00% (5/5) exceeded threshold 50.00% in 120s window',
        },
      ],
    });
    expect(simulator.calls).toHaveLength(10);
  });

  it('forgets all calls when the campaign is resumed', async () => {
    failAll(5);
    const id = await launch(simulator, { csv: contactsFile(20) });
    simulator.advance(30 * second);
    await act(simulator, id, 'resume');
    simulator.advance(5 * minute);

    expect(campaign().state).toBe('running');
    expect(simulator.calls).toHaveLength(20);
  });

  it('has its own limits', async () => {
    failAll(5);
    await launch(simulator, { body: { circuit_breaker: { min_calls_in_window: 2 } } });
    simulator.advance(30 * second);
    expect(campaign().state).toBe('paused');
  });

  it('can be off', async () => {
    failAll(10);
    const body = { circuit_breaker: { enabled: false } };
    await launch(simulator, { csv: contactsFile(10), body });
    simulator.advance(30 * second);
    expect(campaign().state).toBe('running');
  });

  it('does not count busy numbers and missing answers', async () => {
    for (let index = 0; index < 6; index += 1) simulator.endNext({ disposition: 'busy' });
    await launch(simulator, { csv: contactsFile(6) });
    simulator.advance(30 * second);
    expect(campaign().state).toBe('running');
  });
});

describe('a defect that a test chooses', () => {
  it('loses rows: they fail without a run', async () => {
    simulator.breakCampaign({ kind: 'lost-rows', afterRows: 1, rows: 2 });
    const id = await launch(simulator, { csv: contactsFile(5) });
    simulator.advance(minute);

    expect(simulator.calls).toHaveLength(3);
    expect(rowsIn('failed')).toBe(2);
    expect(campaign().rows.filter(({ runId }) => runId === null)).toHaveLength(2);
    expect(await read(simulator, id)).toMatchObject({
      executed_count: 3,
      total_queued_count: 5,
      failed_rows: 0,
    });
  });

  it('kills the worker within a batch, whose other rows are never called', async () => {
    const moment = 'before-dialing';
    simulator.breakCampaign({ kind: 'killed-worker', afterRows: 4, moment });
    await launch(simulator, { csv: contactsFile(12) });
    simulator.advance(5 * minute);
    expect(simulator.calls).toHaveLength(4);

    simulator.advance(2 * minute);
    expect(simulator.calls).toHaveLength(6);
    expect(rowsIn('processing')).toBe(6);
    simulator.advance(120 * minute);
    expect(campaign().state).toBe('completed');
    expect(simulator.calls).toHaveLength(6);
  });

  it('kills the worker after a call, which Dograh does not count then', async () => {
    simulator.breakCampaign({ kind: 'killed-worker', moment: 'after-dialing' });
    const id = await launch(simulator);
    simulator.advance(minute);

    expect(simulator.calls).toHaveLength(1);
    expect(await read(simulator, id)).toMatchObject({ executed_count: 0, total_queued_count: 3 });
    expect(await read(simulator, id, '/runs')).toMatchObject({ total_count: 1 });
  });

  it('fails the campaign', async () => {
    simulator.breakCampaign({ kind: 'failed-campaign', afterRows: 1, message: 'Disk full' });
    const id = await launch(simulator);
    simulator.advance(minute);

    expect(await read(simulator, id)).toMatchObject({
      state: 'failed',
      executed_count: 1,
      logs: [{ event: 'batch_failed', message: 'Disk full' }],
    });
    simulator.advance(60 * minute);
    expect(simulator.calls).toHaveLength(1);
  });

  it('accepts a second start, calls nobody twice, and fails the campaign', async () => {
    simulator.breakCampaign({ kind: 'raced-start' });
    const id = await launch(simulator, { csv: contactsFile(12) });
    expect((await act(simulator, id, 'start')).status).toBe(200);
    expect((await act(simulator, id, 'start')).status).toBe(400);
    expect(campaign().startedTimes).toBe(2);
    simulator.advance(60 * minute);

    expect(await read(simulator, id)).toMatchObject({
      state: 'failed',
      total_queued_count: 12,
      logs: [{ event: 'source_sync_failed' }],
    });
    expect(new Set(simulator.calls.map(({ phoneNumber }) => phoneNumber)).size).toBe(10);
    expect(simulator.calls).toHaveLength(10);
  });

  it('can be that of one campaign', async () => {
    simulator.breakCampaign({ kind: 'failed-campaign', campaignId: 2 });
    await launch(simulator);
    simulator.advance(minute);
    await launch(simulator);
    simulator.advance(minute);

    expect(simulator.campaigns).toMatchObject([{ state: 'running' }, { state: 'failed' }]);
  });

  it('also applies to a batch that a test runs, and is forgotten at a reset', async () => {
    simulator.breakCampaign({ kind: 'lost-rows', rows: 1 });
    expect(simulator.runBatch(await launch(simulator, { csv: contactsFile(2) }))).toHaveLength(1);
    simulator.breakCampaign({ kind: 'failed-campaign' });
    simulator.reset();
    expect(simulator.runBatch(await launch(simulator, { csv: contactsFile(2) }))).toHaveLength(2);
  });

  it('calls all numbers of a file that changed after its check', async () => {
    const address = await presign(simulator);
    const put = (csv: string): Promise<Response> =>
      fetch(address.upload_url, {
        method: 'PUT',
        headers: { 'content-type': 'text/csv' },
        body: csv,
      });
    await put(contactsFile(1));
    await launch(simulator, { body: { source_id: address.file_key } });
    await put('phone_number\n+14155550150\n+14155550150\n150');
    simulator.advance(minute);

    expect(simulator.calls.map(({ phoneNumber }) => phoneNumber).toSorted()).toEqual([
      '+14155550150',
      '+14155550150',
      '150',
    ]);
  });

  it('fails the campaign if its file is gone', async () => {
    const id = await launch(simulator);
    Reflect.set(campaign(), 'sourceId', 'campaigns/1/gone.csv');
    simulator.advance(minute);

    expect(await read(simulator, id)).toMatchObject({
      state: 'failed',
      logs: [{ event: 'source_sync_failed' }],
    });
    expect(await read(simulator, id, '/progress')).toMatchObject({
      source_sync: { status: 'failed', error: expect.stringContaining('Failed to download') },
    });
  });
});
