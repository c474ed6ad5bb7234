import type { AgentReference } from '@dograh/shared';
import { BaseUrl } from '../../../shared/src/connection/base-url';
import { Dashboard } from '../../../shared/src/connection/dashboard';
import { parseTarget } from '../../../shared/src/agents/agent-reference';
import { refusalOf } from '../../support/refusal';

const hosted = BaseUrl.parse('https://api.dograh.com', 'never');
const own = BaseUrl.parse('http://localhost:8000', 'private');
const WAYS: readonly AgentReference['by'][] = [
  'triggerUrl',
  'triggerId',
  'trigger',
  'agentUuid',
  'list',
];
const parse = (by: AgentReference['by'], value: string, baseUrl = hosted, dashboard = '') =>
  parseTarget({ by, value }, 'production', baseUrl, Dashboard.parse(dashboard, baseUrl));

describe.each(WAYS)('the address of the dashboard as %s', (by) => {
  it.each([
    ['https://app.dograh.com/workflow/123', hosted],
    ['https://app.dograh.com/workflow/123/', hosted],
    ['https://app.dograh.com/workflow/12/run/3', hosted],
    ['https://app.dograh.com/workflow/12?tab=settings#top', hosted],
    ['app.dograh.com/workflow/123', hosted],
    ['http://localhost:3010/workflow/12/run/3', own],
    ['https://voice.example/ui/workflow/7', own],
    ['/workflow/7', own],
  ])('is recognized: %s', (address, baseUrl) => {
    const { message, hint, kind } = refusalOf(() => parse(by, address, baseUrl));

    expect(kind).toBe('InvalidInput');
    expect(message).toMatch(/ is the address of the agent's page in the Dograh dashboard\.$/);
    expect(hint).toMatch(
      /^Choose the agent from the list\. .*Copy the whole URL from its API Trig/,
    );
  });

  it.each([
    ['https://app.dograh.com/', hosted, ''],
    ['https://app.dograh.com/workflow', hosted, ''],
    ['https://app.dograh.com/api-keys', hosted, ''],
    ['http://localhost:3010/overview', own, 'http://localhost:3010'],
  ])('is recognized by its host: %s', (address, baseUrl, dashboard) => {
    expect(refusalOf(() => parse(by, address, baseUrl, dashboard)).message).toMatch(
      / is an address of the Dograh dashboard\.$/,
    );
  });

  it('shows no password of the address', () => {
    const address = 'https://me:secret@app.dograh.com/workflow/1';

    expect(JSON.stringify(refusalOf(() => parse(by, address)))).not.toContain('secret');
  });
});

describe('an address that only resembles one of the dashboard', () => {
  it('is called if it is the URL of an API Trigger named workflow', () => {
    expect(parse('triggerUrl', 'https://app.dograh.com/api/v1/public/agent/workflow-1')).toEqual({
      kind: 'trigger',
      trigger: 'workflow-1',
    });
  });

  it('is called if the Agent UUID begins with digits', () => {
    const uuid = '12345678-4d5a-4b6c-8d7e-9f0a1b2c3d4e';
    const url = `https://app.dograh.com/api/v1/public/agent/workflow/${uuid}`;

    expect(parse('triggerUrl', url)).toEqual({ kind: 'agent', agentUuid: uuid });
  });
});

describe('the number in the address of the dashboard', () => {
  it('is explained as Agent UUID', () => {
    expect(refusalOf(() => parse('agentUuid', '123')).hint).toMatch(
      /The number in the address of the dashboard is neither an Agent UUID nor an API Trigger ID\./,
    );
  });

  it('may be an API Trigger ID, because people choose these', () => {
    expect(parse('triggerId', '123')).toEqual({ kind: 'trigger', trigger: '123' });
  });

  it('is explained if an expression gives a number', () => {
    expect(refusalOf(() => parse('agentUuid', 123 as unknown as string)).hint).toMatch(
      /The number in the address of the dashboard/,
    );
  });
});

describe('the address of the dashboard as Base URL', () => {
  it.each([
    'https://app.dograh.com/workflow/123',
    'https://app.dograh.com/workflow/12/run/3',
    'http://localhost:3010/workflow/12/',
    'https://app.dograh.com/workflow',
    'https://app.dograh.com/api-keys',
    'http://localhost:3010/telephony-configurations',
  ])('is recognized: %s', (address) => {
    const { message, hint } = refusalOf(() => BaseUrl.parse(address, 'private'));

    expect(message).toBe('Base URL is the address of a page of the Dograh dashboard.');
    expect(hint).toMatch(/^Enter the address of the Dograh API/);
  });

  it('is not confused with the path of a reverse proxy', () => {
    expect(BaseUrl.parse('https://proxy.example/workflows', 'never').pathPrefix).toBe('/workflows');
  });
});
