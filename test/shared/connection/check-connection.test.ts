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

describe('the check of a connection', () => {
  it('returns the organization and the host', async () => {
    expect(await check()).toEqual({ organizationId: 1, host: new URL(simulator.url).host });
    expect(simulator.calls).toHaveLength(0);
  });

  it('recognizes a wrong key', async () => {
    expect(await rejectionOf(check('dg_wrong'))).toMatchObject({
      kind: 'Authentication',
      status: 401,
    });
  });

  it('recognizes a server that is not a Dograh, and sends the key only with the first request', async () => {
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

  it('recognizes a Base URL with a wrong path', async () => {
    const refusal = await rejectionOf(check(undefined, `${simulator.url}/dashboard`));
    expect(refusal).toMatchObject({ kind: 'Contract', status: 404 });
    expect(refusal.hint).toMatch(/Check Base URL/);
  });

  it('distinguishes a failing Dograh from a wrong address', async () => {
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

  it('recognizes a Dograh with an unexpected response', async () => {
    simulator.faults.add({
      on: 'context',
      fault: { kind: 'off-contract', callPlaced: true, body: [] },
    });
    const refusal = await rejectionOf(check());
    expect(refusal).toMatchObject({ kind: 'Contract' });
    expect(refusal.hint).toMatch(/Update Dograh/);
  });

  it('recognizes a key without access', async () => {
    const fault = {
      kind: 'status',
      callPlaced: false,
      status: 403,
      body: { detail: 'No' },
    } as const;
    simulator.faults.add({ on: 'context', fault });
    expect(await rejectionOf(check())).toMatchObject({ kind: 'PermissionDenied', detail: 'No' });
  });

  it('recognizes that there is no server', async () => {
    expect(await rejectionOf(check(undefined, await closedPort()))).toMatchObject({
      kind: 'Network',
    });
  });

  it('does not follow a redirect', async () => {
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
