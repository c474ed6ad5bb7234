import nock from 'nock';
import { createAppTester } from 'zapier-platform-core';
import { partsOf } from './host';
import { builtApp } from './runtime';

const HOSTED = 'https://api.dograh.com';
const KEY = 'dg_hosted_0123456789';
const AGENT = 'a9e17000-0000-4000-8000-000000000101';
const ACCEPTED = { status: 'initiated', workflow_run_id: 7, workflow_run_name: 'WR-API-0007' };

/** The exact request to the hosted service, which no simulator can stand in for. */
describe('a connection without a base URL', () => {
  const app = builtApp();
  const { perform } = app.creates.trigger_call.operation;

  const run = (inputData: Record<string, unknown>, authData = {}): Promise<unknown> =>
    createAppTester(app)(perform as never, { authData: { api_key: KEY, ...authData }, inputData });

  beforeAll(() => {
    nock.disableNetConnect();
  });
  afterEach(() => {
    expect(nock.pendingMocks()).toEqual([]);
    nock.cleanAll();
  });
  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });

  it('sends exactly the request of Dograh’s contract to the hosted service', async () => {
    nock(HOSTED, {
      reqheaders: { 'X-API-Key': KEY, 'Content-Type': 'application/json' },
    })
      .post(`/api/v1/public/agent/test/workflow/${AGENT}`, {
        phone_number: '+14155550123',
        initial_context: { customer: { name: 'Ann' } },
        telephony_configuration_id: 11,
        from_phone_number_id: 112,
      })
      .reply(200, ACCEPTED);

    const output = await run({
      agent: AGENT,
      agent_version: 'test',
      phone_number: '+1 (415) 555-0123',
      context: { 'customer.name': 'Ann' },
      telephony_configuration_id: 11,
      from_phone_number_id: 112,
    });
    expect(output).toMatchObject({ id: 7, environment: 'test', phone_number: '+14155550123' });
  });

  it.each([
    ['https://api.dograh.com', '/api/v1/public/agent/lead-qualifier'],
    ['https://app.dograh.com', '/api/v1/public/agent/lead-qualifier'],
  ])('takes an API Trigger URL of %s and calls the service itself', async (host, path) => {
    nock(HOSTED).post(path, { phone_number: '+14155550123' }).reply(200, ACCEPTED);

    expect(
      await run({ api_trigger: `${host}${path}`, phone_number: '+14155550123' }),
    ).toMatchObject({ id: 7 });
  });

  it('tests the key with a request that changes nothing', async () => {
    nock(HOSTED, { reqheaders: { 'X-API-Key': KEY } })
      .get('/api/v1/organizations/context')
      .reply(200, { organization_id: 42, model_services: {} });

    expect(
      await createAppTester(app)(app.authentication.test as never, { authData: { api_key: KEY } }),
    ).toEqual({ organization_id: 42, organization: 'Organization 42', host: 'api.dograh.com' });
  });

  it.each([
    [400, 'AppError'],
    [401, 'ExpiredAuthError'],
    [402, 'AppError'],
    [403, 'AppError'],
    [404, 'AppError'],
    [405, 'AppError'],
    [409, 'AppError'],
    [422, 'AppError'],
    [429, 'ThrottledError'],
    [408, 'HaltedError'],
    [500, 'HaltedError'],
    [503, 'HaltedError'],
  ])('answers a %i with Zapier’s %s', async (status, name) => {
    nock(HOSTED)
      .post('/api/v1/public/agent/x')
      .reply(status, { detail: 'Said Dograh' }, { 'Retry-After': '5' });

    await expect(run({ api_trigger: 'x', phone_number: '+14155550123' })).rejects.toMatchObject({
      name,
      message: expect.stringContaining(status === 405 ? 'as no Dograh does' : 'Said Dograh'),
    });
  });

  it('gives Zapier the status and the kind of an error', async () => {
    nock(HOSTED).post('/api/v1/public/agent/x').reply(402, { detail: 'No credit' });
    const error: unknown = await run({ api_trigger: 'x', phone_number: '+14155550123' }).catch(
      (reason: unknown) => reason,
    );

    expect(partsOf(error as Error)).toMatchObject({ code: 'QuotaExceeded', status: 402 });
  });

  it.each([
    ['an action', () => run({ api_trigger: 'x', phone_number: '+14155550123' })],
    [
      'the connection test',
      () => createAppTester(app)(app.authentication.test as never, { authData: { api_key: KEY } }),
    ],
  ])('ends %s before Zapier’s 30 seconds are over', async (_name, operation) => {
    nock(HOSTED).post('/api/v1/public/agent/x').optionally().reply(500, {});
    nock(HOSTED).get(/./).twice().optionally().reply(500, {});
    const limits = jest.spyOn(AbortSignal, 'timeout');
    await operation().catch(() => undefined);

    const total = limits.mock.calls.reduce((sum, [milliseconds]) => sum + milliseconds, 0);
    expect(total).toBeGreaterThanOrEqual(20_000);
    expect(total).toBeLessThanOrEqual(27_000);
    limits.mockRestore();
    nock.cleanAll();
  });
});
