import nock from 'nock';
import { createAppTester } from 'zapier-platform-core';
import { driveTime, hurryWaits } from '../support/host-time';
import { partsOf } from '../../tools/hosts/zapier/host';
import { builtApp } from '../../tools/hosts/zapier/runtime';

hurryWaits();

const HOSTED = 'https://api.dograh.com';
const KEY = 'dg_hosted_0123456789';
const AGENT = 'a9e17000-0000-4000-8000-000000000101';
const ACCEPTED = { status: 'initiated', workflow_run_id: 7, workflow_run_name: 'WR-API-0007' };

/** Checks the exact requests to the hosted service, which the simulator cannot replace. */
describe('a connection without a base URL', () => {
  const app = builtApp();
  const { perform } = app.creates.trigger_call.operation;

  const run = (inputData: Record<string, unknown>, authData = {}): Promise<unknown> =>
    createAppTester(app)(perform as never, { authData: { api_key: KEY, ...authData }, inputData });

  beforeAll(() => {
    nock.disableNetConnect();
  });
  afterEach(() => {
    const pending = nock.pendingMocks();
    nock.cleanAll();
    expect(pending).toEqual([]);
  });
  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });

  it('sends exactly the request of the contract to the hosted service', async () => {
    nock(HOSTED, {
      reqheaders: { 'X-API-Key': KEY, 'Content-Type': 'application/json' },
    })
      .post(`/api/v1/public/agent/test/workflow/${AGENT}`, {
        phone_number: '+14155550123',
        initial_context: { customer: { name: 'Ann' }, call_request_id: /^[0-9a-f-]{36}$/ },
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
  ])(
    'accepts an API Trigger URL of %s and sends the request to the hosted API',
    async (host, path) => {
      nock(HOSTED)
        .post(path, (body: { phone_number: string }) => body.phone_number === '+14155550123')
        .reply(200, ACCEPTED);

      expect(
        await run({ api_trigger: `${host}${path}`, phone_number: '+14155550123' }),
      ).toMatchObject({ id: 7 });
    },
  );

  it('tests the API key with a read-only request', async () => {
    nock(HOSTED, { reqheaders: { 'X-API-Key': KEY } })
      .get('/api/v1/organizations/context')
      .reply(200, { organization_id: 42, model_services: {} });

    expect(
      await createAppTester(app)(app.authentication.test as never, { authData: { api_key: KEY } }),
    ).toEqual({ organization_id: 42, organization: 'Organization 42', host: 'api.dograh.com' });
  });

  it.each([
    [400, 'AppError', 'Dograh’s explanation'],
    [401, 'ExpiredAuthError', 'Dograh’s explanation'],
    [402, 'AppError', 'Dograh’s explanation'],
    [403, 'AppError', 'Dograh’s explanation'],
    [404, 'AppError', 'Dograh’s explanation'],
    [405, 'AppError', 'Dograh does not respond like this'],
    [409, 'AppError', 'Dograh’s explanation'],
    [422, 'AppError', 'Dograh’s explanation'],
    [429, 'ThrottledError', 'Dograh’s explanation'],
    [408, 'HaltedError', 'Dograh’s explanation'],
    [500, 'HaltedError', 'answered 500.'],
    [503, 'HaltedError', 'answered 503.'],
  ])('turns a %i into Zapier’s %s', async (status, name, words) => {
    nock(HOSTED)
      .post('/api/v1/public/agent/x')
      .reply(status, { detail: 'Dograh’s explanation' }, { 'Retry-After': '5' });
    nock(HOSTED).get('/api/v1/organizations/usage/runs').query(true).optionally().reply(401, {});

    await expect(run({ api_trigger: 'x', phone_number: '+14155550123' })).rejects.toMatchObject({
      name,
      message: expect.stringContaining(words),
    });
  });

  it('passes the status and the kind of an error to Zapier', async () => {
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
  ])('ends %s within Zapier’s 30 seconds if Dograh never responds', async (_name, operation) => {
    const time = driveTime();
    await operation().catch(() => undefined);
    time.restore();

    expect(time.passed()).toBeGreaterThanOrEqual(20_000);
    expect(time.passed()).toBeLessThanOrEqual(27_000);
  });
});
