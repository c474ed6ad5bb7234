import { startSimulator, type Simulator } from '../../../tools/simulator';
import { closedPort, startOtherOrigin } from '../../../tools/support/servers';
import { clientTo } from '../../../tools/support/client-to';
import { DrivenClock } from '../../support/clocks';
import { rejectionOf } from '../../support/refusal';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
beforeEach(() => {
  simulator.reset();
});
afterAll(() => simulator.stop());

const check = (apiKey = simulator.world.acme.apiKey, url = simulator.url): Promise<unknown> =>
  clientTo(url, { apiKey, timeoutMs: 2_000, clock: new DrivenClock() }).checkConnection();

describe('checking a connection', () => {
  it('tells the organization and the host', async () => {
    expect(await check()).toEqual({ organizationId: 1, host: new URL(simulator.url).host });
    expect(simulator.calls).toHaveLength(0);
  });

  it('tells a wrong key', async () => {
    expect(await rejectionOf(check('dg_wrong'))).toMatchObject({
      kind: 'Authentication',
      status: 401,
    });
  });

  it('tells a server that is no Dograh, and shows it the key only where the credential says so', async () => {
    const other = await startOtherOrigin();
    const refusal = await rejectionOf(check(undefined, other.url));
    await other.stop();
    expect(refusal).toMatchObject({ kind: 'Contract', status: 200 });
    expect(refusal.message).toBe(
      `${other.host} is not a Dograh API: it answered 200 with a web page.`,
    );
    expect(other.received.map(({ path, headers }) => [path, 'x-api-key' in headers])).toEqual([
      ['/api/v1/organizations/context', true],
      ['/api/v1/health', false],
    ]);
  });

  it('tells a base URL with a path too much', async () => {
    const refusal = await rejectionOf(check(undefined, `${simulator.url}/dashboard`));
    expect(refusal).toMatchObject({ kind: 'Contract', status: 404 });
    expect(refusal.hint).toMatch(/Check Base URL/);
  });

  it('tells a Dograh in trouble from a wrong address', async () => {
    simulator.faults.add({
      on: 'context',
      fault: { kind: 'status', callPlaced: false, status: 503 },
      times: 3,
    });
    expect(await rejectionOf(check())).toMatchObject({
      kind: 'Server',
      status: 503,
      retryable: true,
    });
  });

  it('tells a Dograh that answers otherwise', async () => {
    simulator.faults.add({
      on: 'context',
      fault: { kind: 'off-contract', callPlaced: true, body: [] },
    });
    const refusal = await rejectionOf(check());
    expect(refusal).toMatchObject({ kind: 'Contract' });
    expect(refusal.hint).toMatch(/Update Dograh/);
  });

  it('tells a key that may not', async () => {
    const fault = {
      kind: 'status',
      callPlaced: false,
      status: 403,
      body: { detail: 'No' },
    } as const;
    simulator.faults.add({ on: 'context', fault });
    expect(await rejectionOf(check())).toMatchObject({ kind: 'PermissionDenied', detail: 'No' });
  });

  it('tells that nothing answers', async () => {
    expect(await rejectionOf(check(undefined, await closedPort()))).toMatchObject({
      kind: 'Network',
    });
  });

  it('follows no redirect with the key', async () => {
    const other = await startOtherOrigin();
    const fault = {
      kind: 'redirect',
      callPlaced: false,
      status: 307,
      location: other.url,
    } as const;
    simulator.faults.add({ on: 'context', fault });
    expect(await rejectionOf(check())).toMatchObject({ kind: 'Contract', status: 307 });
    await other.stop();
    expect(other.received).toHaveLength(0);
  });
});
