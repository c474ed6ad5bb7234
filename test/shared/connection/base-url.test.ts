import { BaseUrl } from '../../../shared/src/connection/base-url';
import type { PlainHttp } from '../../../shared/src/connection/base-url';
import { refusalOf } from '../../support/refusal';

const HOSTED = 'https://api.dograh.com';

describe('the base URL', () => {
  it.each([
    ['an origin', HOSTED],
    ['spaces around it', `  ${HOSTED}\t\n`],
    ['slashes behind it', `${HOSTED}///`],
    ['invisible marks and other spaces', `\ufeff${HOSTED}/\u200b\u00a0`],
    ['an invisible mark inside', 'https://api\u00ad.dograh.com'],
    ['an origin with /api/v1', `${HOSTED}/api/v1`],
    ['an origin with /api/v1/', `${HOSTED}/api/v1/`],
    ['capitals in the host', 'HTTPS://API.Dograh.com'],
  ])('accepts %s', (_, text) => {
    expect(BaseUrl.parse(text, 'never').resolve('/health')).toBe(`${HOSTED}/api/v1/health`);
  });

  it.each([
    ['https://proxy.example/voice', 'https://proxy.example/voice/api/v1/health'],
    ['https://proxy.example/voice/api/v1/', 'https://proxy.example/voice/api/v1/health'],
    ['https://proxy.example:8443/a/b.c', 'https://proxy.example:8443/a/b.c/api/v1/health'],
  ])('accepts an origin under a path prefix: %s', (text, health) => {
    expect(BaseUrl.parse(text, 'never').resolve('/health')).toBe(health);
  });

  it.each([
    ['nothing', '', /is empty/],
    ['only spaces', '  ', /is empty/],
    ['only slashes', '//', /is empty/],
    ['only invisible marks', '\u200b', /is empty/],
    ['no text at all', undefined, /is empty/],
    ['a host without a scheme', 'api.dograh.com', /is not a web address/],
    ['another scheme', 'ftp://api.dograh.com', /is not a web address/],
    ['a script', 'javascript:alert(1)', /is not a web address/],
    [
      'a line break that a browser would drop',
      'https://api.dograh.com\n.evil.example',
      /not a web/,
    ],
    ['a backslash that a browser would turn', 'https://api.dograh.com\\@evil.example', /not a web/],
    ['a user name', 'https://me@api.dograh.com', /user name or password/],
    ['a password', 'https://:secret@api.dograh.com', /user name or password/],
    ['a query', `${HOSTED}?a=1`, /query or a fragment/],
    ['an empty query', `${HOSTED}/?`, /query or a fragment/],
    ['a fragment', `${HOSTED}#top`, /query or a fragment/],
    [
      'a whole API Trigger URL',
      `${HOSTED}/api/v1/public/agent/x`,
      /contains a path after \/api\/v1/,
    ],
    [
      'an encoded path',
      'https://proxy.example/a%2fb',
      /^Base URL contains a path that is not valid/,
    ],
  ])('rejects %s', (_, text, says) => {
    expect(refusalOf(() => BaseUrl.parse(text, 'private'))).toMatchObject({
      kind: 'InvalidInput',
      callPlaced: 'no',
      message: expect.stringMatching(says),
      hint: expect.stringMatching(/\w/),
    });
  });
});

describe('plain http', () => {
  const hosts = {
    loopback: ['localhost:8000', '127.0.0.1:8000', '127.8.8.8', '[::1]:8000', 'dograh.localhost'],
    private: [
      '10.0.0.5',
      '172.16.3.4',
      '192.168.1.20:8000',
      '[fd00::5]',
      'dograh-api:8000',
      'nas.local',
    ],
    public: [
      'api.dograh.com',
      '8.8.8.8',
      '[2606:4700::1111]',
      '172.32.0.1',
      '192.168.1.20.evil.example',
    ],
  };
  const allowed: [PlainHttp, keyof typeof hosts, boolean][] = [
    ['private', 'loopback', true],
    ['private', 'private', true],
    ['private', 'public', false],
    ['loopback', 'loopback', true],
    ['loopback', 'private', false],
    ['loopback', 'public', false],
    ['never', 'loopback', false],
    ['never', 'private', false],
    ['never', 'public', false],
  ];
  const rows = allowed.flatMap(([policy, where, ok]) =>
    hosts[where].map((host) => [policy, where, host, ok] as const),
  );

  it.each(rows)('policy %s, %s host %s: %s', (policy, _, host, ok) => {
    const parse = (): BaseUrl => BaseUrl.parse(`http://${host}`, policy);
    if (ok) expect(parse().resolve('/health')).toBe(`http://${host}/api/v1/health`);
    else expect(refusalOf(parse).message).toMatch(/would send the API key to .* unencrypted/);
    expect(BaseUrl.parse(`https://${host}`, policy).origin).toBe(`https://${host}`);
  });
});
