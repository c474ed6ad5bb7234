import type { IHttpRequestOptions } from 'n8n-workflow';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { credentialsFor } from '../../tools/hosts/n8n/call-form';
import { testDograhCredential } from './credential-tester';
import { startOtherOrigin } from '../../tools/support/servers';
import { dograhCredentialType } from '../../tools/hosts/n8n/n8n-host';

describe('the test of the Dograh API credential', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterAll(() => simulator.stop());

  const test = (change: Partial<{ apiKey: string; baseUrl: string; dashboardUrl: string }>) =>
    testDograhCredential({ ...credentialsFor(simulator), ...change });

  it('accepts a valid key and places no call', async () => {
    expect(await test({})).toEqual({ status: 'OK', message: 'Connection successful!' });
    expect(simulator.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /api/v1/organizations/context',
    ]);
  });

  it.each([
    ...['/', '//', '/api/v1', '/api/v1/', ' '],
    ...['\u200b', '/api/v1/\u00a0', '\n', '//\u202f\u2060'],
  ])('accepts a base URL that ends with %j', async (end) => {
    expect(await test({ baseUrl: `\ufeff${simulator.url}${end}` })).toMatchObject({ status: 'OK' });
  });

  it.each([' ', '\n', '\u00a0', '\u200b', '\ufeff'])(
    'accepts a key with %j around it and sends it without',
    async (mark) => {
      const { apiKey } = simulator.world.acme;

      expect(await test({ apiKey: `${mark}${apiKey}${mark}` })).toMatchObject({ status: 'OK' });
      expect(simulator.requests.map(({ headers }) => headers['x-api-key'])).toEqual([apiKey]);
    },
  );

  it.each(['', 'other.example'])(
    'reaches its own host if n8n limits the credential to the domains "%s"',
    async (allowedDomains) => {
      const limited = { ...credentialsFor(simulator), allowedDomains };

      expect(
        await testDograhCredential({ ...limited, allowedHttpRequestDomains: 'domains' }),
      ).toMatchObject({ status: 'OK' });
    },
  );

  it.each(['', ' ', 'http://localhost:3010/', 'https://dograh.example/app'])(
    'accepts the dashboard URL "%s" and sends nothing there',
    async (dashboardUrl) => {
      expect(await test({ dashboardUrl })).toMatchObject({ status: 'OK' });
      expect(simulator.requests).toHaveLength(1);
    },
  );

  it('says that the key is wrong', async () => {
    expect(await test({ apiKey: 'dg_wrong' })).toEqual({
      status: 'Error',
      message: expect.stringMatching(/does not accept the API key/) as unknown,
    });
  });

  it.each([
    ['a web page', { status: 200, body: '<html>', headers: { 'content-type': 'text/html' } }],
    ['JSON of another API', { status: 200, body: '{"ok": true}' }],
    ['an empty body', { status: 200, body: '' }],
    ['404', { status: 404, body: 'Not Found' }],
  ])('says that the URL is wrong if the server responds with %s', async (_what, answer) => {
    const elsewhere = await startOtherOrigin(answer);
    const verdict = await test({ baseUrl: elsewhere.url });
    await elsewhere.stop();

    expect(verdict).toEqual({
      status: 'Error',
      message: expect.stringMatching(/not the address of a Dograh API/) as unknown,
    });
  });

  it('shows the network code if no server responds', async () => {
    const elsewhere = await startOtherOrigin();
    await elsewhere.stop();

    expect(await test({ baseUrl: elsewhere.url })).toEqual({
      status: 'Error',
      message: 'ECONNREFUSED',
    });
  });

  it.each([301, 302, 303, 307, 308])(
    'does not send the key to the target of a %i redirect',
    async (status) => {
      const elsewhere = await startOtherOrigin();
      const redirecting = await startOtherOrigin({
        status,
        body: '',
        headers: { location: `${elsewhere.url}/api/v1/organizations/context` },
      });
      const verdict = await test({ baseUrl: redirecting.url });
      await Promise.all([redirecting.stop(), elsewhere.stop()]);

      expect(verdict).toEqual({
        status: 'Error',
        message: expect.stringMatching(/redirects to another address/) as unknown,
      });
      expect(redirecting.received).toHaveLength(1);
      expect(elsewhere.received).toHaveLength(0);
    },
  );

  it.each([
    ['the key has a line break', { apiKey: 'dg_\nkey' }, /line break/],
    ['the key is missing', { apiKey: '' }, /API Key is empty.*paste it here/],
    ['the key has only invisible characters', { apiKey: '\u200b' }, /API Key is empty/],
    ['the base URL is missing', { baseUrl: ' ' }, /Base URL is empty/],
    ['the base URL is no URL', { baseUrl: 'api.dograh.com' }, /not a web address/],
    ['the key would be sent unencrypted', { baseUrl: 'http://dograh.example' }, /unencrypted/],
    ['the dashboard URL is no URL', { dashboardUrl: 'localhost' }, /Dashboard URL is not a web/],
    [
      'a trigger URL was pasted',
      { baseUrl: 'https://a.example/api/v1/public/x' },
      /contains a path after/,
    ],
  ])('sends nothing and says what to change if %s', async (_what, change, words) => {
    expect(await test(change)).toEqual({
      status: 'Error',
      message: expect.stringMatching(words) as unknown,
    });
    expect(simulator.requests).toHaveLength(0);
  });
});

describe('the Dograh API credential', () => {
  const data = { apiKey: 'dg_key', baseUrl: 'https://api.dograh.com' };
  const OWN_URL = 'https://api.dograh.com/api/v1/health';

  it('adds the key to requests to its own Dograh', async () => {
    const request = { url: OWN_URL, headers: { a: 'b' }, disableFollowRedirect: true };
    expect((await authenticate(request)).headers).toEqual({ a: 'b', 'X-API-Key': 'dg_key' });
  });

  it.each(['https://evil.example/', 'https://app.dograh.com/', 'http://api.dograh.com/'])(
    'does not add the key to a request to %s, e.g. from the HTTP Request node',
    async (url) => {
      await expect(authenticate({ url, disableFollowRedirect: true })).rejects.toThrow(
        /does not go to https:\/\/api\.dograh\.com/,
      );
    },
  );

  it('rejects a request of the HTTP Request node, because its target is unknown', async () => {
    const request = { uri: OWN_URL } as unknown as { url: string };
    await expect(authenticate(request)).rejects.toThrow(
      /works only in the Dograh nodes.*Header Auth with the name X-API-Key/,
    );
  });

  it.each([undefined, false])(
    'rejects a request that follows redirects, as with pagination: %j',
    async (disableFollowRedirect) => {
      await expect(authenticate({ url: OWN_URL, disableFollowRedirect })).rejects.toThrow(
        /works only in the Dograh nodes/,
      );
    },
  );

  it('masks the key in the form', async () => {
    const { properties } = await dograhCredentialType();

    expect(properties.find(({ name }) => name === 'apiKey')).toMatchObject({
      typeOptions: { password: true },
    });
  });

  async function authenticate(request: {
    url: string;
    headers?: Record<string, string>;
    disableFollowRedirect?: boolean | undefined;
  }) {
    const type = await dograhCredentialType();
    if (typeof type.authenticate !== 'function') throw new Error('Not a function');
    return type.authenticate(data, request as IHttpRequestOptions);
  }
});
