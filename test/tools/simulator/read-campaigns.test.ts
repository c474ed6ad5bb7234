import { answerAt } from '../../../tools/simulator/api-caller';
import {
  contactsFile,
  create,
  launch,
  read,
  request,
} from '../../../tools/simulator/campaigns/campaign-caller';
import {
  createWorld,
  dograhPace,
  startSimulator,
  type Simulator,
} from '../../../tools/simulator/index';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({
    campaignTiming: dograhPace,
    world: createWorld('1.45'),
    dialMs: 1000,
    ringMs: 1000,
    callDurationMs: 3000,
  });
});

afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
  simulator.reset();
});

afterAll(() => simulator.stop());

const minute = 60_000;

describe('the list of campaigns', () => {
  it('has all of them, the newest first, and no pages', async () => {
    for (const name of ['A', 'B', 'C']) await create(simulator, { body: { name } });
    const { body } = await request(simulator, 'GET', '/campaign/?page=2&limit=1');

    expect(body).toEqual({
      campaigns: ['C', 'B', 'A'].map((name): unknown => expect.objectContaining({ name })),
    });
  });

  it('shows the name of the uploaded file', async () => {
    await create(simulator, { fileName: 'reference-7.csv' });
    expect((await request(simulator, 'GET', '/campaign/')).body).toMatchObject({
      campaigns: [{ source_id: expect.stringMatching(/_reference-7\.csv$/) }],
    });
  });

  it('needs a key', async () => {
    expect((await request(simulator, 'GET', '/campaign/', undefined, null)).status).toBe(401);
  });
});

describe('the progress of a campaign', () => {
  it('has a wrong percentage, because it counts one row of each batch', async () => {
    const id = await launch(simulator, { csv: contactsFile(12) });
    simulator.advance(5 * minute);

    expect(await read(simulator, id)).toMatchObject({
      executed_count: 12,
      total_queued_count: 12,
      processed_rows: 2,
    });
    expect(await read(simulator, id, '/progress')).toMatchObject({
      campaign_id: id,
      state: 'running',
      total_rows: 12,
      processed_rows: 2,
      progress_percentage: (2 / 12) * 100,
      source_sync: { status: 'completed', error: null },
    });
  });

  it('counts the calls that were not answered', async () => {
    const numbers = ['+14155550191', '+14155550192', '+14155550193', '+14155550199'];
    const rows = numbers.map((number) => `${number},Ada,ada@example.com`);
    const id = await launch(simulator, {
      csv: ['phone_number,first_name,email', ...rows].join('\n'),
    });
    simulator.advance(minute);

    expect(await read(simulator, id, '/progress')).toMatchObject({ failed_calls: 3 });
  });
});

describe('the runs of a campaign', () => {
  it('show whether each is completed', async () => {
    const id = await launch(simulator, { csv: contactsFile(2) });
    simulator.advance(3000);
    const before = await read(simulator, id, '/runs');
    simulator.advance(minute);

    expect(before).toMatchObject({
      runs: [{ is_completed: false }, { is_completed: false }],
      total_count: 2,
      page: 1,
      limit: 50,
      total_pages: 1,
    });
    expect(before).not.toHaveProperty('applied_filters');
    expect(await read(simulator, id, '/runs')).toMatchObject({
      runs: [
        {
          name: expect.stringMatching(/^WR-CAMPAIGN-1-[12]$/),
          is_completed: true,
          initial_context: { campaign_id: id },
          gathered_context: { call_disposition: 'user_hangup' },
        },
        { is_completed: true },
      ],
    });
  });

  it('are those of this campaign', async () => {
    simulator.addRun();
    await launch(simulator, { csv: contactsFile(1) });
    const id = await launch(simulator, { csv: contactsFile(1) });
    simulator.advance(5000);

    expect(await read(simulator, id, '/runs')).toMatchObject({ total_count: 1 });
  });

  it('have pages', async () => {
    const id = await launch(simulator, { csv: contactsFile(3) });
    simulator.advance(minute);

    expect(await read(simulator, id, '/runs?page=2&limit=2')).toMatchObject({
      runs: [{ id: 1001 }],
      total_count: 3,
      total_pages: 2,
    });
    expect(await answerAt(simulator, `/campaign/${String(id)}/runs?limit=101`)).toMatchObject({
      status: 422,
    });
  });

  it('can be filtered by some attributes only', async () => {
    const id = await launch(simulator, { csv: contactsFile(1) });
    simulator.advance(minute);
    const filtered = (attribute: string): Promise<{ status: number; body: unknown }> => {
      const filter = { attribute, type: 'radio', value: { status: 'in_progress' } };
      const filters = encodeURIComponent(JSON.stringify([filter]));
      return answerAt(simulator, `/campaign/${String(id)}/runs?filters=${filters}`);
    };

    expect(await filtered('status')).toMatchObject({ status: 200, body: { total_count: 0 } });
    expect(await filtered('calledNumber')).toEqual({
      status: 403,
      body: { detail: "Invalid attribute 'calledNumber'" },
    });
    expect(await answerAt(simulator, `/campaign/${String(id)}/runs?filters=x`)).toMatchObject({
      status: 400,
    });
  });
});

describe('the report of a campaign', () => {
  async function reportOf(id: number): Promise<Response> {
    return fetch(`${simulator.url}/api/v1/campaign/${String(id)}/report`, {
      headers: { 'x-api-key': simulator.world.acme.apiKey },
    });
  }

  it('is a CSV file with the finished runs, the newest first', async () => {
    const id = await launch(simulator, { csv: contactsFile(2) });
    simulator.advance(minute);
    const response = await reportOf(id);
    const lines = (await response.text()).split('\r\n');

    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="campaign_${String(id)}_report.csv"`,
    );
    expect(lines).toEqual([
      expect.stringMatching(/^Run ID,Campaign ID,Agent ID,Agent Definition ID,Created At,/),
      expect.stringMatching(/^1002,1,102,,.*\+00:00,\+1415555200\d,user_hangup,3,"user_hangup, /),
      expect.stringMatching(/^1001,1,102,,/),
      '',
    ]);
  });

  it('has only its first line while no call is over', async () => {
    const id = await launch(simulator, { csv: contactsFile(2) });
    simulator.advance(3000);
    expect((await (await reportOf(id)).text()).split('\r\n')).toHaveLength(2);
  });
});

describe('the file of a campaign', () => {
  it('can be downloaded from the storage host', async () => {
    await create(simulator, { csv: contactsFile(2) });
    const { download_url: url, expires_in: seconds } = await read(
      simulator,
      1,
      '/source-download-url',
    );

    expect(seconds).toBe(3600);
    expect(new URL(String(url)).origin).toBe(simulator.storageUrl);
    expect(await (await fetch(String(url))).text()).toBe(contactsFile(2));
  });

  it('of another organization is not given', async () => {
    await create(simulator);
    Reflect.set(simulator.campaigns[0] ?? {}, 'sourceId', 'campaigns/2/theirs.csv');
    expect(await answerAt(simulator, '/campaign/1/source-download-url')).toMatchObject({
      status: 403,
    });
  });
});
