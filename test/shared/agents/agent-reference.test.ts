import { type AgentReference, type Environment } from '@dograh/shared';
import { BaseUrl } from '../../../shared/src/connection/base-url';
import { parseTarget } from '../../../shared/src/agents/agent-reference';
import { callRoute } from '../../../shared/src/agents/call-route';
import { clientTo } from '../../../tools/support/client-to';
import { refusalOf } from '../../support/refusal';

const UUID = '3f2b8c1e-4d5a-4b6c-8d7e-9f0a1b2c3d4e';
const hosted = BaseUrl.parse('https://api.dograh.com', 'never');

function urlOf(
  by: AgentReference['by'],
  value: unknown,
  environment: Environment = 'production',
  baseUrl = hosted,
): string {
  return baseUrl.resolve(callRoute(parseTarget({ by, value }, environment, baseUrl), environment));
}

describe('the URL of a call', () => {
  it.each([
    ['API Trigger', 'triggerId', 'lead-qualifier', 'production', 'lead-qualifier'],
    ['API Trigger', 'triggerId', 'lead-qualifier', 'test', 'test/lead-qualifier'],
    ['Agent UUID', 'agentUuid', UUID, 'production', `workflow/${UUID}`],
    ['Agent UUID', 'agentUuid', UUID, 'test', `test/workflow/${UUID}`],
  ] as const)('%s (%s %s) in %s', (_, by, value, environment, path) => {
    expect(urlOf(by, value, environment)).toBe(
      `https://api.dograh.com/api/v1/public/agent/${path}`,
    );
  });

  it.each([
    ['production', 'production'],
    ['test', 'test'],
  ] as const)('takes a pasted %s URL for %s', (pasted, environment) => {
    const path = pasted === 'test' ? 'test/a_B-9' : 'a_B-9';
    const url = `https://api.dograh.com/api/v1/public/agent/${path}`;
    expect(urlOf('triggerUrl', ` ${url}/ `, environment)).toBe(url);
    expect(urlOf('trigger', url, environment)).toBe(url);
  });

  it.each([
    ['triggerId', '\u200blead-qualifier\u00a0', 'lead-qualifier'],
    ['trigger', 'lead\u00ad-qualifier\n', 'lead-qualifier'],
    ['agentUuid', `\ufeff${UUID.toUpperCase()}\u200e`, `workflow/${UUID}`],
    ['triggerUrl', '\u202ahttps://api.dograh.com/api/v1/public/agent/x\u202c', 'x'],
    ['trigger', 'https://api.dograh.com/api/v1/public/agent/x/\u200b\t', 'x'],
  ] as const)('does not contain what was pasted along (%s %j)', (by, pasted, path) => {
    expect(urlOf(by, pasted)).toBe(`https://api.dograh.com/api/v1/public/agent/${path}`);
  });

  it('accepts a pasted URL with an Agent UUID', () => {
    const url = `https://api.dograh.com/api/v1/public/agent/test/workflow/${UUID}`;
    expect(urlOf('triggerUrl', url, 'test')).toBe(url);
  });

  it('accepts a URL below the path prefix of a reverse proxy', () => {
    const proxied = BaseUrl.parse('https://proxy.example/voice', 'never');
    const url = 'https://proxy.example/voice/api/v1/public/agent/x';
    expect(urlOf('triggerUrl', url, 'production', proxied)).toBe(url);
  });

  it('accepts an ID in a field for a URL or an ID', () => {
    expect(urlOf('trigger', UUID)).toBe(`https://api.dograh.com/api/v1/public/agent/${UUID}`);
  });
});

describe('the agent version', () => {
  const versionOf = (environment: unknown): Environment =>
    clientTo(hosted.origin, { apiKey: 'dg_test_0123456789' }).prepare({
      agent: { by: 'triggerId', value: 'lead-qualifier' },
      environment,
      phoneNumber: '+14155550123',
    }).request.environment;

  it.each([undefined, null, '', ' \t'])(
    'is the published one if the field is blank: %j',
    (given) => {
      expect(versionOf(given)).toBe('production');
    },
  );

  it('is recognized with invisible marks around it', () => {
    expect(versionOf('\ufefftest\u00a0')).toBe('test');
  });

  it.each([
    ['latest', '"latest"'],
    [['test'], 'a list'],
  ])('is rejected if it is not a version: %j', (given, named) => {
    expect(refusalOf(() => versionOf(given)).message).toBe(
      `Agent Version must be production or test, not ${named}.`,
    );
  });
});

describe('an API Trigger ID is one segment of a path', () => {
  it.each(['a', 'A-z_9', 'x'.repeat(36), 'test', 'workflow'])('accepts %s', (trigger) => {
    expect(urlOf('triggerId', trigger)).toBe(
      `https://api.dograh.com/api/v1/public/agent/${trigger}`,
    );
  });

  it.each([
    'x'.repeat(37),
    'a/b',
    '..',
    '.',
    'a.b',
    '%2e%2e',
    'a?b',
    'a#b',
    'a b',
    'ä',
    'a\nb',
    '/a',
  ])('rejects %j', (trigger) => {
    expect(refusalOf(() => urlOf('triggerId', trigger)).kind).toBe('InvalidInput');
    expect(refusalOf(() => urlOf('trigger', trigger)).kind).toBe('InvalidInput');
  });

  it.each(['', '  ', undefined, null, 7, {}])('requires an agent, not %j', (value) => {
    expect(refusalOf(() => urlOf('triggerId', value)).message).toBe('No agent was chosen.');
  });

  it.each(['42', 'not-a-uuid', `${UUID}x`, `${UUID}/..`])('rejects %j as Agent UUID', (value) => {
    expect(refusalOf(() => urlOf('agentUuid', value)).message).toMatch(/is not an Agent UUID/);
  });

  it('rejects an unknown way to choose an agent', () => {
    const by = 'agentName' as 'agentUuid';
    expect(refusalOf(() => urlOf(by, UUID)).message).toBe(
      '"agentName" is not a way to choose an agent.',
    );
  });

  it('explains where to enter a whole URL', () => {
    const refusal = refusalOf(() =>
      urlOf('triggerId', 'https://api.dograh.com/api/v1/public/agent/x'),
    );
    expect(refusal.hint).toMatch(/Enter only the last part of the URL/);
  });
});

describe('a pasted URL', () => {
  it.each([
    ['https://evil.example/api/v1/public/agent/x', 'https://evil.example'],
    [
      'https://api.dograh.com.evil.example/api/v1/public/agent/x',
      'https://api.dograh.com.evil.example',
    ],
    ['https://api.dograh.com@evil.example/api/v1/public/agent/x', 'https://evil.example'],
    ['https://api.dograh.com:8443/api/v1/public/agent/x', 'https://api.dograh.com:8443'],
    ['http://api.dograh.com/api/v1/public/agent/x', 'http://api.dograh.com'],
  ])('of another origin is an error that names both: %s', (url, other) => {
    const { message } = refusalOf(() => urlOf('triggerUrl', url));
    expect(message).toBe(
      `The API Trigger URL points to ${other}, but the API key is for https://api.dograh.com.`,
    );
  });

  it('may have the other name of the cloud service, and the key goes to the Base URL', () => {
    const url = 'https://app.dograh.com/api/v1/public/agent/x';
    expect(urlOf('triggerUrl', url)).toBe('https://api.dograh.com/api/v1/public/agent/x');
  });

  it.each([
    ['test', 'production', 'Latest Draft (Test)'],
    ['production', 'test', 'Published (Production)'],
  ] as const)('that says %s is refused when %s is chosen', (pasted, chosen, choose) => {
    const path = pasted === 'test' ? 'test/x' : 'x';
    const refusal = refusalOf(() =>
      urlOf('triggerUrl', `https://api.dograh.com/api/v1/public/agent/${path}`, chosen),
    );
    expect(refusal.message).toMatch(`The pasted URL is the ${pasted} URL`);
    expect(refusal.hint).toMatch(`Choose ${choose}`);
  });

  it.each([
    'https://api.dograh.com/',
    'https://api.dograh.com/workflow/12',
    'https://api.dograh.com/api/v1/health',
    'https://api.dograh.com/api/v1/public/agent/',
    'https://api.dograh.com/api/v1/public/agent/test/',
    'https://api.dograh.com/api/v1/public/agent/workflow',
    'https://api.dograh.com/api/v1/public/agent/a/b',
    'https://api.dograh.com/api/v1/public/agent/x?key=1',
    'https://api.dograh.com/api/v1/public/agent/x#y',
    'https://me@api.dograh.com/api/v1/public/agent/x',
    'https://api.dograh.com/api/v1/public/agent/../../organizations/context',
    'https://api.dograh.com/api/v1/public/agent/%2e%2e/x',
    'https://api.dograh.com/api/v1/public/download/workflow/t/recording',
  ])('that is not one of the four call routes is rejected: %s', (url) => {
    expect(refusalOf(() => urlOf('triggerUrl', url)).hint).toMatch(/Copy the whole URL/);
  });
});
