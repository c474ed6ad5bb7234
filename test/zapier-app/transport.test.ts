import {
  DograhClient,
  parseCredentials,
  type TransportRequest,
  type TransportResponse,
} from '@dograh/shared';
import { ApiKey } from '../../shared/src/connection/api-key';
import { createAppTester } from 'zapier-platform-core';
import { zapierTransport } from '../../zapier-app/src/host/transport';
import { itStreamsAnswers } from '../behaviour/streamed-answer';
import { HeldClock } from '../support/clocks';
import { startSimulator, type Simulator } from '../../tools/simulator';

const KEY = 'dg_any_key';

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

  const answerWith = (status: number, body: unknown, headers = {}): void => {
    simulator.faults.add({
      on: 'any',
      fault: { kind: 'status', callPlaced: false, status, body, headers },
    });
  };

  it.each([201, 302, 400, 401, 404, 429, 500])(
    'returns a %i as a response to the client',
    async (status) => {
      answerWith(status, { detail: 'x' });

      expect(await send()).toMatchObject({ status, body: { detail: 'x' } });
      expect(simulator.requests).toHaveLength(1);
    },
  );

  it('returns header names in lower case and invalid JSON as text', async () => {
    answerWith(200, '<html>{', { 'X-Some-Thing': 'One', 'Content-Type': 'application/json' });
    const { body, headers } = await send();

    expect(body).toBe('<html>{');
    expect(headers).toMatchObject({ 'x-some-thing': 'One' });
  });

  it('sends the API key only if the request asks for it', async () => {
    await send({ credential: 'api-key' });
    await send({ credential: 'none' });

    const [first, second] = simulator.requests.map(({ headers }) => headers['x-api-key']);
    expect([first, second]).toEqual([KEY, undefined]);
  });

  itStreamsAnswers(() => simulator, send);

  // node-fetch keeps waiting for the rest although the connection is closed.
  it('fails if only half of a recording arrives', async () => {
    simulator.addRun();
    simulator.faults.add({ on: 'storage', fault: { kind: 'cut-off', callPlaced: true } });
    const clock = new HeldClock();
    const reading = createAppTester({ flags: { skipHttpPatch: true } })(async (z) => {
      const { apiKey } = simulator.world.acme;
      const credentials = parseCredentials({ apiKey, baseUrl: simulator.url }, 'loopback');
      const transport = zapierTransport(z, credentials.apiKey);
      const client = new DograhClient({ ...credentials, transport, clock });
      const { bytes } = await client.openRecording(1001, 'mixed');
      const chunks = bytes[Symbol.asyncIterator]();
      // Time passes only after every chunk that arrived was read.
      for (;;) {
        const next = chunks.next();
        const late = setTimeout(() => {
          clock.pass(30_000);
        }, 200);
        if ((await next).done === true) return 'whole';
        clearTimeout(late);
      }
    }, {});

    await expect(reading).rejects.toThrow(/then nothing for 30 seconds/);
    expect(simulator.storageRequests.map(({ headers }) => headers['x-api-key'])).toEqual([
      undefined,
    ]);
  });

  it('asks the server to close the connection after every request', async () => {
    await send();

    expect(simulator.requests[0]?.headers['connection']).toBe('close');
  });
});
