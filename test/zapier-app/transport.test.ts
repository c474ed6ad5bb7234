import {
  ApiKey,
  TransportError,
  type TransportRequest,
  type TransportResponse,
} from '@dograh/shared';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createAppTester } from 'zapier-platform-core';
import { zapierTransport } from '../../zapier-app/src/host/transport';
import { closedPort } from '../servers';
import { startSimulator, type Fault, type Simulator } from '../simulator';

const KEY = 'dg_a_key_of_nobody';

describe('the transport over z.request', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterAll(() => simulator.stop());

  const send = (request: Partial<TransportRequest> = {}): Promise<TransportResponse> =>
    createAppTester({ flags: { skipHttpPatch: true } })(
      (z) =>
        zapierTransport(z, ApiKey.parse(KEY)).send({
          method: 'GET',
          url: `${simulator.url}/api/v1/health`,
          credential: 'api-key',
          timeoutMs: 5000,
          ...request,
        }),
      {},
    );

  const faultOf = async (sending: Promise<unknown>): Promise<Partial<TransportError>> => {
    const error: unknown = await sending.then(
      () => new Error('it was answered'),
      (reason: unknown) => reason,
    );
    if (!(error instanceof TransportError)) throw error;
    return { fault: error.fault, sent: error.sent };
  };

  const answerWith = (status: number, body: unknown, headers = {}): void => {
    simulator.faults.add({
      on: 'any',
      fault: { kind: 'status', callPlaced: false, status, body, headers },
    });
  };

  it.each([201, 302, 400, 401, 404, 429, 500])(
    'gives a %i to the client to understand',
    async (status) => {
      answerWith(status, { detail: 'x' });

      expect(await send()).toMatchObject({ status, body: { detail: 'x' } });
      expect(simulator.requests).toHaveLength(1);
    },
  );

  it('gives header names in lower case, and text that is not JSON as text', async () => {
    answerWith(200, '<html>{', { 'X-Some-Thing': 'One', 'Content-Type': 'application/json' });
    const { body, headers } = await send();

    expect(body).toBe('<html>{');
    expect(headers).toMatchObject({ 'x-some-thing': 'One' });
  });

  it('sends the key where it belongs, and not where it does not', async () => {
    await send({ credential: 'api-key' });
    await send({ credential: 'none' });

    const [first, second] = simulator.requests.map(({ headers }) => headers['x-api-key']);
    expect([first, second]).toEqual([KEY, undefined]);
  });

  it('takes a new connection for every request', async () => {
    await send();

    expect(simulator.requests[0]?.headers['connection']).toBe('close');
  });

  it.each<[string, Fault]>([
    ['silence', { kind: 'silence', callPlaced: false }],
    ['an answer that dribbles in', { kind: 'slow-body', callPlaced: true, intervalMs: 40 }],
    // node-fetch does not notice when an answer with a content length breaks off.
    ['half an answer', { kind: 'cut-off', callPlaced: true }],
  ])('ends %s at its time limit', async (_name, fault) => {
    simulator.faults.add({ on: 'health', fault });
    const started = Date.now();

    expect(await faultOf(send({ timeoutMs: 200 }))).toEqual({ fault: 'timeout', sent: 'maybe' });
    expect(Date.now() - started).toBeLessThan(1500);
  });

  it('lets go of the connection at its time limit, so that nothing is sent later', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    const connected = once(server, 'connection') as Promise<[Socket]>;
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;

    await faultOf(send({ url: `http://127.0.0.1:${port}/`, timeoutMs: 200 }));
    const [socket] = await connected;
    socket.resume();
    const left = await Promise.race([once(socket, 'close').then(() => true), delay(500, false)]);
    socket.destroy();
    server.close();

    expect(left).toBe(true);
  });

  it('ends at once when it is cancelled', async () => {
    simulator.faults.add({ on: 'health', fault: { kind: 'silence', callPlaced: false } });
    const signal = AbortSignal.timeout(100);

    expect(await faultOf(send({ signal }))).toEqual({ fault: 'cancelled', sent: 'maybe' });
  });

  it('does not know after a reset whether the request had arrived', async () => {
    const fault: Fault = { kind: 'reset', callPlaced: false, moment: 'after-reading' };
    simulator.faults.add({ on: 'health', fault });

    expect(await faultOf(send())).toEqual({ fault: 'interrupted', sent: 'maybe' });
  });

  it.each<[string, () => string | Promise<string>, string]>([
    ['a port where nothing listens', closedPort, 'refused'],
    ['a name without address', () => 'http://dograh.invalid/', 'unresolvable'],
    ['a server without TLS', () => simulator.url.replace('http:', 'https:'), 'tls'],
  ])('knows that nothing was sent to %s', async (_name, url, fault) => {
    expect(await faultOf(send({ url: await url() }))).toEqual({ fault, sent: 'no' });
  });
});
