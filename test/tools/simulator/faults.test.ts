import { setTimeout as delay } from 'node:timers/promises';
import {
  aNumber,
  answerTo,
  failureOf,
  firstRequestRead,
  piecesOf,
  post,
} from '../../../tools/simulator/api-caller';
import { startSimulator, type Fault, type Simulator } from '../../../tools/simulator/index';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});

afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
  simulator.reset();
});

afterAll(() => simulator.stop());

function withFault(fault: Fault): void {
  simulator.faults.add({ on: 'call', fault });
}

describe('a replaced response', () => {
  it('has the given status, headers and body', async () => {
    withFault({
      kind: 'status',
      callPlaced: false,
      status: 503,
      body: '<html>busy</html>',
      headers: { 'retry-after': '7' },
    });
    const response = await post(simulator);

    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(response.headers.get('content-type')).toBe('text/html');
    expect(await response.text()).toBe('<html>busy</html>');
    expect(simulator.calls).toHaveLength(0);
  });

  it('has a default detail', async () => {
    withFault({ kind: 'status', callPlaced: false, status: 502 });
    expect(await answerTo(simulator)).toEqual({ status: 502, body: { detail: 'Bad Gateway' } });
  });

  it('may come after the call was placed', async () => {
    withFault({ kind: 'status', callPlaced: true, status: 500, body: { detail: 'Oops' } });

    expect(await answerTo(simulator)).toEqual({ status: 500, body: { detail: 'Oops' } });
    expect(simulator.calls).toHaveLength(1);
  });

  it('may not be JSON although the call was placed', async () => {
    withFault({ kind: 'not-json', callPlaced: true });
    const response = await post(simulator);

    expect(response.status).toBe(200);
    await expect(response.json()).rejects.toThrow('not valid JSON');
    expect(simulator.calls).toHaveLength(1);
  });

  it('may break the contract although the call was placed', async () => {
    withFault({ kind: 'off-contract', callPlaced: true, body: { workflow_run_id: '7' } });

    expect(await answerTo(simulator)).toEqual({ status: 200, body: { workflow_run_id: '7' } });
    expect(simulator.calls).toHaveLength(1);
  });
});

describe('a redirect', () => {
  it.each([301, 302, 303, 307, 308] as const)('%i contains its target', async (status) => {
    withFault({ kind: 'redirect', callPlaced: false, status, location: 'http://127.0.0.1:1/x' });
    const response = await post(simulator, { redirect: 'manual' });

    expect(response.status).toBe(status);
    expect(response.headers.get('location')).toBe('http://127.0.0.1:1/x');
    expect(simulator.calls).toHaveLength(0);
  });

  it('is followed by a client that follows redirects', async () => {
    const location = `${simulator.url}/api/v1/health`;
    withFault({ kind: 'redirect', callPlaced: false, status: 303, location });

    expect(await answerTo(simulator)).toMatchObject({ status: 200, body: { status: 'ok' } });
  });
});

describe('a connection that breaks', () => {
  it.each([
    { kind: 'reset', callPlaced: false, moment: 'before-reading' },
    { kind: 'reset', callPlaced: false, moment: 'after-reading' },
    { kind: 'reset', callPlaced: true, moment: 'after-placing' },
  ] as const)('is reset $moment', async (fault) => {
    withFault(fault);

    expect(await failureOf(post(simulator))).toBe('ECONNRESET');
    expect(simulator.calls).toHaveLength(fault.callPlaced ? 1 : 0);
    expect(simulator.requests[0]).toMatchObject({ status: 'fault:reset' });
  });

  it.each([
    ['before-reading', undefined],
    ['after-reading', { phone_number: aNumber }],
  ] as const)('has read this of the body when it is reset %s: %j', async (moment, body) => {
    withFault({ kind: 'reset', callPlaced: false, moment });
    await failureOf(post(simulator));

    expect(simulator.requests[0]?.body).toEqual(body);
  });

  it('may end in the middle of the response to a placed call', async () => {
    withFault({ kind: 'cut-off', callPlaced: true });
    const response = await post(simulator);
    const promised = Number(response.headers.get('content-length'));
    const { pieces, failure } = await piecesOf(response);
    const received = pieces.join('');

    expect(failure).toContain('terminated');
    expect(received).toMatch(/^\{"status":"initiated"/);
    expect(received.length).toBeLessThan(promised);
    expect(simulator.calls).toHaveLength(1);
  });
});

describe('a slow response', () => {
  it.each(['request', 'answer'] as const)(
    'arrives late but complete: %s delayed',
    async (delayed) => {
      withFault({ kind: 'latency', callPlaced: true, ms: 30, delayed });
      const before = performance.now();

      expect((await answerTo(simulator)).status).toBe(200);
      expect(performance.now() - before).toBeGreaterThanOrEqual(25);
      expect(simulator.calls).toHaveLength(1);
    },
  );

  it('places the call of a client that has given up waiting', async () => {
    withFault({ kind: 'latency', callPlaced: true, ms: 10, delayed: 'request' });
    const placed = new Promise((resolve) => simulator.onChange(resolve));
    const impatience = new AbortController();
    const answer = failureOf(post(simulator, { signal: impatience.signal }));
    const stopListening = simulator.onWait(() => {
      impatience.abort();
    });

    expect(await answer).toBe('AbortError');
    stopListening();
    await placed;
    expect(simulator.calls).toHaveLength(1);
  });

  it('arrives in pieces and is finally complete', async () => {
    withFault({ kind: 'slow-body', callPlaced: true, intervalMs: 5, bytesPerChunk: 20 });
    const response = await post(simulator);
    const { pieces } = await piecesOf(response);

    expect(pieces.length).toBeGreaterThan(1);
    expect(JSON.parse(pieces.join(''))).toMatchObject({ status: 'initiated' });
    expect(simulator.calls).toHaveLength(1);
  });

  it.each([true, false])('never arrives, call placed: %s', async (callPlaced) => {
    withFault({ kind: 'silence', callPlaced });
    const answer = failureOf(post(simulator));
    await firstRequestRead(simulator);

    expect(await Promise.race([answer, delay(10, 'still waiting')])).toBe('still waiting');
    expect(simulator.calls).toHaveLength(callPlaced ? 1 : 0);
    simulator.reset();
    expect(await answer).toBe('UND_ERR_SOCKET');
  });
});

describe('a fault applies to', () => {
  const broken: Fault = { kind: 'status', callPlaced: false, status: 500 };
  const statusOf = async (path: string): Promise<number> =>
    (await fetch(simulator.url + path)).status;

  it('the next request by default', async () => {
    withFault(broken);
    expect((await post(simulator)).status).toBe(500);
    expect((await post(simulator)).status).toBe(200);
  });

  it('the given number of requests', async () => {
    simulator.faults.add({ on: 'call', fault: broken, times: 2 });
    const statuses = [await post(simulator), await post(simulator), await post(simulator)];
    expect(statuses.map((response) => response.status)).toEqual([500, 500, 200]);
  });

  it('all requests until it is cleared', async () => {
    simulator.faults.add({ on: 'call', fault: broken, times: Infinity });
    expect((await post(simulator)).status).toBe(500);
    expect((await post(simulator)).status).toBe(500);
    simulator.faults.clear();
    expect((await post(simulator)).status).toBe(200);
  });

  it('only requests of its kind', async () => {
    simulator.faults.add({ on: 'health', fault: broken });
    expect(await statusOf('/api/v1/organizations/context')).toBe(401);
    expect(await statusOf('/api/v1/health')).toBe(500);
  });

  it('any request if its kind is any', async () => {
    simulator.faults.add({ on: 'any', fault: broken, times: 3 });
    expect(await statusOf('/api/v1/organizations/context')).toBe(500);
    expect(await statusOf('/nowhere')).toBe(500);
    expect((await post(simulator)).status).toBe(500);
  });

  it('a request in the planned order', async () => {
    withFault({ ...broken, status: 501 });
    withFault({ ...broken, status: 504 });
    expect((await post(simulator)).status).toBe(501);
    expect((await post(simulator)).status).toBe(504);
  });
});

it('a fault never places a call that Dograh would refuse', async () => {
  withFault({ kind: 'status', callPlaced: true, status: 502 });

  expect((await post(simulator, { apiKey: 'dg_wrong' })).status).toBe(502);
  expect(simulator.runs).toEqual([]);
});
