import { parseCredentials } from '@dograh/shared';
import type { Dashboard } from '../../../shared/src/connection/dashboard';
import { refusalOf } from '../../support/refusal';

const KEY = 'dg_secret_0123456789';

function dashboardOf(dashboardUrl: unknown, baseUrl = 'http://localhost:8000'): Dashboard {
  return parseCredentials({ apiKey: KEY, baseUrl, dashboardUrl }, 'private').dashboard;
}

describe('the dashboard', () => {
  it.each([
    ['https://api.dograh.com', 'https://app.dograh.com'],
    ['https://app.dograh.com', 'https://app.dograh.com'],
    ['https://dograh.example.com', null],
    ['http://localhost:8000', null],
  ])('of %s is %p if the field is empty', (baseUrl, url) => {
    for (const nothing of [undefined, null, '', ' ', '/', '\u200b']) {
      expect(dashboardOf(nothing, baseUrl).url).toBe(url);
    }
  });

  it.each([
    ['http://localhost:3010', 'http://localhost:3010'],
    [' http://localhost:3010/// ', 'http://localhost:3010'],
    ['\u200bhttp://localhost:3010/\u202f', 'http://localhost:3010'],
    ['HTTPS://Dograh.Example.COM:8443', 'https://dograh.example.com:8443'],
    ['https://proxy.example/voice/ui/', 'https://proxy.example/voice/ui'],
    // The client sends nothing to it, so http is safe.
    ['http://dograh.example.com', 'http://dograh.example.com'],
  ])('may be %s', (typed, url) => {
    expect(dashboardOf(typed).url).toBe(url);
    expect(dashboardOf(typed, 'https://api.dograh.com').url).toBe(url);
  });

  it.each([
    ['a host without a scheme', 'localhost:3010', /is not a web address/],
    ['a script', 'javascript:alert(1)', /is not a web address/],
    ['a line break', 'http://localhost:3010\n.evil.example', /is not a web address/],
    ['a number', 3010, /is not a web address/],
    ['a user name', 'http://me@localhost:3010', /user name or password/],
    ['a password', 'http://:secret@localhost:3010', /user name or password/],
    ['a query', 'http://localhost:3010/?tab=1', /query or a fragment/],
    ['a fragment', 'http://localhost:3010#runs', /query or a fragment/],
    ['an encoded path', 'http://localhost:3010/a%2fb', /contains a path that is not valid/],
    ['the address of an agent', 'http://localhost:3010/workflow/7', /one page of the dashboard/],
    [
      'the address of a run',
      'http://localhost:3010/ui/workflow/7/run/9',
      /one page of the dashboard/,
    ],
    ['the key as a path', `http://localhost:3010/${KEY}`, /contains the API key/],
    ['the key as a host', `http://${KEY}.example`, /contains the API key/],
    ['the key', KEY, /is not a web address/],
  ])('must not be %s', (_, typed, says) => {
    const refusal = refusalOf(() => dashboardOf(typed));

    expect(refusal).toMatchObject({
      kind: 'InvalidInput',
      callPlaced: 'no',
      message: expect.stringMatching(says) as unknown,
      hint: expect.stringMatching(/\w/) as unknown,
    });
    expect(refusal.message).toMatch(/^Dashboard URL/);
    expect(JSON.stringify(refusal)).not.toContain(KEY);
  });

  it('has links to an agent and a run if both are known', () => {
    const dashboard = dashboardOf('http://localhost:3010/ui');

    expect(dashboard.agent(7)).toBe('http://localhost:3010/ui/workflow/7');
    expect(dashboard.run(7, 1204)).toBe('http://localhost:3010/ui/workflow/7/run/1204');
    expect(dashboard.run(null, 1204)).toBeNull();
    expect(dashboardOf('').agent(7)).toBeNull();
    expect(dashboardOf('').run(7, 1204)).toBeNull();
  });
});
