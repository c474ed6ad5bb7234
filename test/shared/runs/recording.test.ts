import {
  DograhClient,
  parseCredentials,
  type ByteStream,
  type TransportResponse,
} from '@dograh/shared';
import type { Recording } from '../../../shared/src/runs/recording';
import { startSimulator, type Simulator } from '../../../tools/simulator';
import { wav } from '../../../tools/simulator/wav';
import { clientTo } from '../../../tools/support/client-to';
import { HeldClock } from '../../support/clocks';
import { rejectionOf } from '../../support/refusal';

const SECONDS = 10;
const SLOW = { kind: 'slow-body', callPlaced: true } as const;

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});
beforeEach(() => {
  simulator.reset();
});
afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
});
afterAll(() => simulator.stop());

function open(
  clock: HeldClock,
  { operationMs, signal }: { operationMs?: number; signal?: AbortSignal } = {},
): Promise<Recording> {
  simulator.addRun({ ending: { durationSeconds: SECONDS } });
  const { apiKey } = simulator.world.acme;
  const options = operationMs === undefined ? {} : { operationMs };
  return clientTo(simulator.url, { apiKey, clock, ...options }).openRecording(
    1001,
    'mixed',
    signal,
  );
}

async function readAll(bytes: ByteStream, onChunk = (): void => undefined): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) {
    chunks.push(chunk);
    onChunk();
  }
  return Buffer.concat(chunks);
}

describe('the download of a recording', () => {
  it('may take longer than the time limit of a request', async () => {
    const clock = new HeldClock();
    simulator.faults.add({ on: 'storage', fault: { ...SLOW, intervalMs: 1, bytesPerChunk: 9000 } });
    const { bytes } = await open(clock);
    const whole = await readAll(bytes, () => {
      clock.pass(20_000);
    });

    expect(whole.equals(wav(SECONDS, [440, 660]))).toBe(true);
    expect(clock.now()).toBeGreaterThan(100_000);
  });

  it('fails if nothing arrives for the time limit', async () => {
    const clock = new HeldClock();
    const fault = { ...SLOW, intervalMs: Infinity, bytesPerChunk: 1000 };
    simulator.faults.add({ on: 'storage', fault });
    const { bytes } = await open(clock);
    const chunks = bytes[Symbol.asyncIterator]();
    expect((await chunks.next()).done).toBe(false);
    const next = rejectionOf(chunks.next());
    clock.pass(29_999);
    clock.pass(1);

    expect(await next).toMatchObject({
      kind: 'Network',
      message: expect.stringContaining('and then nothing for 30 seconds'),
    });
  });

  it('does not fail because the reader is slow', async () => {
    const clock = new HeldClock();
    const { bytes } = await open(clock);
    clock.pass(3_600_000);
    await new Promise(setImmediate);

    expect((await readAll(bytes)).length).toBe(wav(SECONDS, []).length);
  });

  it('fails at the deadline of the operation', async () => {
    const clock = new HeldClock();
    const fault = { ...SLOW, intervalMs: Infinity, bytesPerChunk: 1000 };
    simulator.faults.add({ on: 'storage', fault });
    const { bytes } = await open(clock, { operationMs: 10_000 });
    const chunks = bytes[Symbol.asyncIterator]();
    await chunks.next();
    const next = rejectionOf(chunks.next());
    clock.pass(10_000);

    expect((await next).message).toMatch(/not done within this step's time limit/);
  });

  it('stops when the execution is stopped', async () => {
    const stop = new AbortController();
    const fault = { ...SLOW, intervalMs: Infinity, bytesPerChunk: 1000 };
    simulator.faults.add({ on: 'storage', fault });
    const { bytes } = await open(new HeldClock(), { signal: stop.signal });
    const chunks = bytes[Symbol.asyncIterator]();
    await chunks.next();
    const next = rejectionOf(chunks.next());
    stop.abort();

    expect(await next).toMatchObject({ kind: 'Cancelled' });
  });

  it('fails if a part is missing', async () => {
    simulator.faults.add({ on: 'storage', fault: { kind: 'cut-off', callPlaced: true } });
    const { bytes } = await open(new HeldClock());

    expect((await rejectionOf(readAll(bytes))).message).toMatch(
      /was lost before the recording was complete/,
    );
  });
});

describe('the redirect to a recording', () => {
  /** A Dograh with https, which the simulator does not have. */
  const followed = async (location: string): Promise<{ error: Error; asked: string[] }> => {
    const asked: string[] = [];
    const credentials = parseCredentials(
      { apiKey: 'dg_a_key_of_nobody', baseUrl: 'https://dograh.example' },
      'never',
    );
    const artifact = 'https://dograh.example/api/v1/public/download/workflow/t/recording';
    const answers: Record<string, TransportResponse> = {
      '/api/v1/organizations/usage/runs': answer({
        runs: [{ id: 1, workflow_id: 2, recording_public_url: artifact }],
        total_pages: 1,
      }),
      '/api/v1/workflow/2/runs/1': answer({ is_completed: true }),
      [new URL(artifact).pathname]: { status: 302, headers: { location }, body: '' },
    };
    const client = new DograhClient({
      ...credentials,
      clock: new HeldClock(),
      transport: {
        send: ({ url, credential }) => {
          asked.push(`${credential} ${new URL(url).host}`);
          return Promise.resolve(answers[new URL(url).pathname] ?? answer(undefined));
        },
      },
    });
    return { error: await rejectionOf(client.openRecording(1, 'mixed')), asked };
  };

  it('must not change from https to http', async () => {
    const { error, asked } = await followed('http://storage.example/1.wav');

    expect(error.message).toMatch(/redirected from https to http, at storage\.example/);
    expect(asked.join()).not.toContain('storage.example');
  });

  it('may change to http in a private network, for self-hosted storage', async () => {
    const { asked } = await followed('http://minio:9000/1.wav');

    expect(asked).toContain('none minio:9000');
  });

  it('is followed without the API key', async () => {
    const { asked } = await followed('https://storage.example/1.wav');

    expect(asked.slice(2)).toEqual(['none dograh.example', 'none storage.example']);
  });

  function answer(body: unknown): TransportResponse {
    return { status: body === undefined ? 410 : 200, headers: {}, body };
  }
});
