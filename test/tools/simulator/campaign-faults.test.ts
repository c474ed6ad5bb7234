import { failureOf } from '../../../tools/simulator/api-caller';
import {
  act,
  contactsFile,
  create,
  launch,
  presign,
  request,
  upload,
} from '../../../tools/simulator/campaigns/campaign-caller';
import {
  dograhPace,
  startSimulator,
  type FaultTarget,
  type Simulator,
} from '../../../tools/simulator/index';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ campaignTiming: dograhPace });
});

afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
  simulator.reset();
});

afterAll(() => simulator.stop());

function send(path: string, body?: unknown): Promise<Response> {
  const method = path.startsWith('POST ') ? 'POST' : 'GET';
  return fetch(`${simulator.url}/api/v1${path.slice(method.length + 1)}`, {
    method,
    headers: { 'x-api-key': simulator.world.acme.apiKey, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(5000),
  });
}

const file = { file_name: 'a.csv', file_size: 1 };

describe('a fault', () => {
  it.each<[FaultTarget, string, unknown]>([
    ['presign', 'POST /s3/presigned-upload-url', file],
    ['campaignDefaults', 'GET /organizations/campaign-defaults', undefined],
    ['createCampaign', 'POST /campaign/create', {}],
    ['campaigns', 'GET /campaign/', undefined],
    ['campaign', 'GET /campaign/1', undefined],
    ['campaignProgress', 'GET /campaign/1/progress', undefined],
    ['campaignRuns', 'GET /campaign/1/runs', undefined],
    ['campaignReport', 'GET /campaign/1/report', undefined],
    ['campaignSource', 'GET /campaign/1/source-download-url', undefined],
    ['startCampaign', 'POST /campaign/1/start', undefined],
    ['pauseCampaign', 'POST /campaign/1/pause', undefined],
    ['resumeCampaign', 'POST /campaign/1/resume', undefined],
    ['redialCampaign', 'POST /campaign/1/redial', {}],
  ])('of %s applies to %s only', async (on, path, body) => {
    await create(simulator);
    simulator.faults.add({ on, fault: { kind: 'status', callPlaced: false, status: 503 } });

    expect((await send('GET /health')).status).toBe(200);
    expect((await send(path, body)).status).toBe(503);
    expect((await send(path, body)).status).not.toBe(503);
  });

  it('of upload applies to the storage host, which any does not include', async () => {
    const { upload_url: url } = await presign(simulator);
    const headers = { 'content-type': 'text/csv' };
    const put = (): Promise<Response> => fetch(url, { method: 'PUT', headers, body: 'a' });
    simulator.faults.add({ on: 'any', fault: { kind: 'silence', callPlaced: false } });
    simulator.faults.add({
      on: 'upload',
      fault: { kind: 'status', callPlaced: false, status: 500 },
    });

    expect((await put()).status).toBe(500);
    expect((await put()).status).toBe(200);
  });
});

describe('a request that took effect although its response was lost', () => {
  const lost = { kind: 'reset', callPlaced: true, moment: 'after-placing' } as const;

  it('is an upload', async () => {
    simulator.faults.add({ on: 'upload', fault: lost });
    const { upload_url: url, file_key: key } = await presign(simulator);
    const put = fetch(url, {
      method: 'PUT',
      headers: { 'content-type': 'text/csv' },
      body: contactsFile(1),
    });

    expect(await failureOf(put)).toBe('ECONNRESET');
    expect((await create(simulator, { body: { source_id: key } })).status).toBe(200);
  });

  it('is the creation of a campaign', async () => {
    simulator.faults.add({ on: 'createCampaign', fault: lost });
    const body = {
      name: 'Spring',
      workflow_id: simulator.world.agents.leadQualifier.id,
      source_type: 'csv',
      source_id: await upload(simulator, contactsFile(1)),
    };

    expect(await failureOf(send('POST /campaign/create', body))).toBe('ECONNRESET');
    expect(simulator.campaigns).toMatchObject([{ name: 'Spring', state: 'created' }]);
  });

  it('is a start, after which a second start is refused', async () => {
    await create(simulator);
    simulator.faults.add({ on: 'startCampaign', fault: lost });

    expect(await failureOf(send('POST /campaign/1/start'))).toBe('ECONNRESET');
    expect(simulator.campaigns).toMatchObject([{ state: 'syncing', startedTimes: 1 }]);
    expect((await act(simulator, 1, 'start')).status).toBe(400);
  });

  it('is a pause', async () => {
    await launch(simulator);
    simulator.faults.add({ on: 'pauseCampaign', fault: lost });

    expect(await failureOf(send('POST /campaign/1/pause'))).toBe('ECONNRESET');
    expect(simulator.campaigns).toMatchObject([{ state: 'paused' }]);
  });
});

it('a start that never arrived starts nothing', async () => {
  await create(simulator);
  const fault = { kind: 'reset', callPlaced: false, moment: 'after-reading' } as const;
  simulator.faults.add({ on: 'startCampaign', fault });

  expect(await failureOf(send('POST /campaign/1/start'))).toBe('ECONNRESET');
  expect(simulator.campaigns).toMatchObject([{ state: 'created', startedTimes: 0 }]);
  expect((await request(simulator, 'POST', '/campaign/1/start')).status).toBe(200);
});
