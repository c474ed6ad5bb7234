import { presign, request, upload } from '../../../tools/simulator/campaigns/campaign-caller';
import { dograhPace, startSimulator, type Simulator } from '../../../tools/simulator/index';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ campaignTiming: dograhPace });
});

afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
  simulator.reset();
});

afterAll(() => simulator.stop());

const csv = 'phone_number\n+14155550150';

async function put(url: string, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'PUT',
    headers: { 'content-type': 'text/csv', ...headers },
    body: csv,
    signal: AbortSignal.timeout(5000),
  });
}

function problemsOf(fields: Record<string, unknown>): Promise<unknown> {
  const body = { file_name: 'a.csv', file_size: 1, ...fields };
  return request(simulator, 'POST', '/s3/presigned-upload-url', body);
}

describe('the address for an upload', () => {
  it('is on the storage host, and valid for 15 minutes', async () => {
    const address = await presign(simulator, 'spring.csv');

    expect(new URL(address.upload_url).origin).toBe(simulator.storageUrl);
    expect(address.file_key).toMatch(/^campaigns\/1\/[0-9a-f-]{36}_spring\.csv$/);
    expect(address.expires_in).toBe(900);
    expect(simulator.storageRequests).toEqual([]);
  });

  it('contains only some characters of the name of the file', async () => {
    const { file_key: key } = await presign(simulator, 'größer & Co (2).csv');
    expect(key).toMatch(/_gr__er___Co__2_\.csv$/);
  });

  it('needs a key', async () => {
    const body = { file_name: 'a.csv', file_size: 1 };
    const answer = await request(simulator, 'POST', '/s3/presigned-upload-url', body, null);
    expect(answer.status).toBe(401);
  });

  it.each([
    [{ file_name: 'a.xlsx' }, 'string_pattern_mismatch', "String should match pattern '.*\\.csv$'"],
    [{ file_size: 0 }, 'greater_than', 'Input should be greater than 0'],
    [
      { file_size: 10_485_761 },
      'less_than_equal',
      'Input should be less than or equal to 10485760',
    ],
  ])('is refused for %j', async (fields, type, msg) => {
    expect(await problemsOf(fields)).toMatchObject({
      status: 422,
      body: { detail: [{ loc: ['body', Object.keys(fields)[0]], type, msg }] },
    });
  });

  it('is given for a file of 10 MB', async () => {
    expect(await problemsOf({ file_size: 10_485_760 })).toMatchObject({ status: 200 });
  });
});

describe('the storage host', () => {
  it('takes the file without a key, also twice', async () => {
    const { upload_url: url } = await presign(simulator);

    expect((await put(url)).status).toBe(200);
    expect((await put(url)).status).toBe(200);
    expect(simulator.storageRequests).toMatchObject([{ method: 'PUT' }, { method: 'PUT' }]);
  });

  it.each(['x-api-key', 'authorization'])('refuses the header %s', async (name) => {
    const { upload_url: url } = await presign(simulator);
    const response = await put(url, { [name]: simulator.world.acme.apiKey });

    expect(response.status).toBe(400);
    expect(await response.text()).toContain('<Code>InvalidArgument</Code>');
  });

  it('refuses another Content-Type than the announced one', async () => {
    const { upload_url: url } = await presign(simulator);
    const response = await put(url, { 'content-type': 'text/plain' });

    expect(response.status).toBe(403);
    expect(await response.text()).toContain('<Code>SignatureDoesNotMatch</Code>');
  });

  it('refuses a download with the address of an upload', async () => {
    const { upload_url: url } = await presign(simulator);
    expect((await fetch(url)).status).toBe(403);
  });

  it('refuses the file after 15 minutes', async () => {
    const { upload_url: url } = await presign(simulator);
    simulator.advance(901_000);
    const response = await put(url);

    expect(response.status).toBe(403);
    expect(await response.text()).toContain('Request has expired');
  });

  it('forgets the file at a reset', async () => {
    const key = await upload(simulator, csv);
    simulator.reset();
    const body = { name: 'A', workflow_id: 102, source_type: 'csv', source_id: key };

    expect(await request(simulator, 'POST', '/campaign/create', body)).toMatchObject({
      status: 400,
      body: { detail: expect.stringMatching(/^Failed to download CSV file from storage: /) },
    });
  });
});
