import { type TransportError, type TransportRequest } from '@dograh/shared';
import { ApiKey } from '../../shared/src/connection/api-key';
import type { IExecuteFunctions } from 'n8n-workflow';
import { n8nTransport } from '../../n8n-node/nodes/host/transport';
import { itStreamsAnswers } from '../behaviour/streamed-answer';
import { startSimulator, type Simulator } from '../../tools/simulator';
import { startOtherOrigin } from '../../tools/support/servers';
import { executeContext } from '../../tools/hosts/n8n/n8n-host';

describe('the transport over n8n’s HTTP helper', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator();
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterAll(() => simulator.stop());

  const send = async (request: Partial<TransportRequest> & { url: string }, stop?: AbortSignal) => {
    const credentials = {
      apiKey: simulator.world.acme.apiKey,
      baseUrl: new URL(request.url).origin,
    };
    const context = await executeContext(credentials, stop);
    return n8nTransport(context as IExecuteFunctions).send({
      method: 'GET',
      credential: 'api-key',
      timeoutMs: 5000,
      ...request,
    });
  };
  const faultOf = async (sending: Promise<unknown>): Promise<Partial<TransportError>> => {
    const error = await sending.then(
      () => undefined,
      (reason: unknown) => reason as TransportError,
    );
    return error === undefined ? {} : { fault: error.fault, sent: error.sent, code: error.code };
  };
  const health = (): string => `${simulator.url}/api/v1/health`;

  it.each([200, 204, 302, 400, 404, 500])('returns a %i as a response', async (status) => {
    const server = await startOtherOrigin({
      status,
      headers: { 'content-type': 'application/json' },
      body: status === 204 ? '' : '{"detail":"x"}',
    });
    const response = await send({ url: server.url });
    await server.stop();

    expect(response).toMatchObject({ status, body: status === 204 ? '' : { detail: 'x' } });
  });

  it('returns header names in lower case, and text that is not JSON as text', async () => {
    const headers = { Location: 'https://x.example/', 'Content-Type': 'application/json' };
    const server = await startOtherOrigin({ body: '<html>{', headers });
    const response = await send({ url: server.url });
    await server.stop();

    expect(response.body).toBe('<html>{');
    expect(response.headers).toMatchObject({ location: 'https://x.example/' });
  });

  it('sends the key only with requests that need it', async () => {
    await send({ url: health(), credential: 'api-key' });
    await send({ url: health(), credential: 'none' });

    expect(simulator.requests.map(({ headers }) => headers['x-api-key'])).toEqual([
      simulator.world.acme.apiKey,
      undefined,
    ]);
    expect(ApiKey.parse(simulator.world.acme.apiKey).header()).toHaveProperty('X-API-Key');
  });

  itStreamsAnswers(() => simulator, send);

  // Requests with the key are tested in test/at-most-once. Those without it use another function of n8n.
  describe('without the key', () => {
    it.each([
      ['http://127.0.0.1:9/', 'refused', 'ECONNREFUSED'],
      ['http://dograh.invalid/', 'unresolvable', expect.stringMatching(/ENOTFOUND|EAI_AGAIN/)],
    ])('knows that nothing was sent to %s', async (url, fault, code: unknown) => {
      expect(await faultOf(send({ url, credential: 'none' }))).toEqual({ fault, code, sent: 'no' });
    });

    it('ends at once when the execution is stopped', async () => {
      simulator.faults.add({ on: 'health', fault: { kind: 'silence', callPlaced: false } });
      const stop = new AbortController();
      const request = { url: health(), credential: 'none', signal: stop.signal } as const;
      const sending = faultOf(send(request, stop.signal));
      simulator.onWait(() => {
        stop.abort();
      });

      expect(await sending).toMatchObject({ fault: 'cancelled', sent: 'maybe' });
    });
  });
});
