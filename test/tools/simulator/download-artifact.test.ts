import { answerAt, failureOf, piecesOf, post } from '../../../tools/simulator/api-caller';
import { startSimulator, type Ending, type Simulator } from '../../../tools/simulator/index';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator();
});

afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
  simulator.reset();
});

afterAll(() => simulator.stop());

/** The token of a finished run. */
async function tokenOf(ending: Ending = {}, on = simulator): Promise<string> {
  const { runId } = on.addRun({ ending });
  const { body } = await answerAt(on, `/workflow/101/runs/${String(runId)}`);
  return (body as { public_access_token: string }).public_access_token;
}

function addressOf(token: string, artifact: string, on = simulator): string {
  return `${on.url}/api/v1/public/download/workflow/${token}/${artifact}`;
}

interface Options {
  follow?: boolean;
  headers?: Record<string, string>;
}

function get(address: string, { follow = true, headers = {} }: Options = {}): Promise<Response> {
  const redirect = follow ? 'follow' : 'manual';
  return fetch(address, { redirect, headers, signal: AbortSignal.timeout(5000) });
}

/** The target of the download route's redirect. */
async function signedUrl(artifact: string, on = simulator): Promise<URL> {
  const address = addressOf(await tokenOf({}, on), artifact, on);
  const response = await get(address, { follow: false });
  expect(response.status).toBe(302);
  return new URL(response.headers.get('location') ?? '');
}

async function bytesOf(response: Response): Promise<Buffer> {
  return Buffer.from(await response.arrayBuffer());
}

describe('the download route of an artifact', () => {
  it('redirects to the storage host without a key', async () => {
    const response = await get(addressOf(await tokenOf(), 'transcript'), { follow: false });
    const location = new URL(response.headers.get('location') ?? '');

    expect(response.status).toBe(302);
    expect(await response.text()).toBe('');
    expect(location.origin).toBe(simulator.storageUrl);
    expect(location.origin).not.toBe(new URL(simulator.url).origin);
    expect(location.searchParams.get('X-Amz-Expires')).toBe('3600');
    expect(simulator.storageRequests).toEqual([]);
  });

  it('is not found with another token', async () => {
    await tokenOf();
    const response = await get(addressOf('7d166e00', 'transcript'));
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ detail: 'Invalid or expired token' });
  });

  it.each([
    ['transcript', { transcript: null }],
    ['recording', { recording: false }],
    ['user_recording', { recording: false }],
    ['bot_recording', { recording: false }],
  ])('is not found for a missing %s', async (artifact, ending) => {
    const response = await get(addressOf(await tokenOf(ending), artifact));
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      detail: `No ${artifact} available for this workflow run`,
    });
  });

  it('refuses an unknown kind of artifact', async () => {
    const response = await get(addressOf(await tokenOf(), 'video'));
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ detail: 'Unsupported artifact type' });
    expect(simulator.contractViolations).toEqual([
      expect.objectContaining({
        side: 'request',
        problem: 'path /artifact must be equal to one of the allowed values',
      }),
    ]);
    simulator.reset();
  });
});

describe('a transcript', () => {
  it('is the text of the conversation', async () => {
    const token = await tokenOf({ transcript: 'assistant: Grüß Gott\nuser: Hallo\n' });
    const response = await get(addressOf(token, 'transcript'));

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/plain');
    expect(await response.text()).toBe('assistant: Grüß Gott\nuser: Hallo\n');
  });

  it('has a time and a speaker in each line, as in Dograh', async () => {
    const text = await (await get(addressOf(await tokenOf(), 'transcript'))).text();
    const lines = text.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      expect(line).toMatch(/^\[\d{4}-\d\d-\d\dT[\d:.]+\+00:00\] (assistant|user): \S/);
    }
  });
});

describe('a recording', () => {
  it('is a WAV file as long as the call', async () => {
    const response = await get(addressOf(await tokenOf({ durationSeconds: 7 }), 'recording'));
    const file = await bytesOf(response);

    expect(response.headers.get('content-type')).toBe('audio/wav');
    expect(file.length).toBe(44 + 7 * 8000 * 2);
    expect(file.toString('latin1', 0, 4)).toBe('RIFF');
    expect(file.readUInt32LE(4)).toBe(file.length - 8);
    expect(file.toString('latin1', 8, 16)).toBe('WAVEfmt ');
    expect({
      format: file.readUInt16LE(20),
      channels: file.readUInt16LE(22),
      samplesPerSecond: file.readUInt32LE(24),
      bytesPerSecond: file.readUInt32LE(28),
      bytesPerSample: file.readUInt16LE(32),
      bitsPerSample: file.readUInt16LE(34),
    }).toEqual({
      format: 1,
      channels: 1,
      samplesPerSecond: 8000,
      bytesPerSecond: 16_000,
      bytesPerSample: 2,
      bitsPerSample: 16,
    });
    expect(file.toString('latin1', 36, 40)).toBe('data');
    expect(file.readUInt32LE(40)).toBe(file.length - 44);
  });

  it('has sound for two seconds, and is silent after that', async () => {
    const file = await bytesOf(await get(addressOf(await tokenOf(), 'recording')));
    const loudest = (from: number, to: number): number =>
      Math.max(
        ...Array.from({ length: (to - from) * 8000 }, (_, index) =>
          Math.abs(file.readInt16LE(44 + (from * 8000 + index) * 2)),
        ),
      );
    expect(loudest(0, 2)).toBeGreaterThan(4000);
    expect(loudest(2, 10)).toBe(0);
  });

  it.each([
    ['user_recording', 440],
    ['bot_recording', 660],
  ])('of one side (%s) has its own tone', async (artifact, hertz) => {
    const file = await bytesOf(await get(addressOf(await tokenOf(), artifact)));
    const samples = Array.from({ length: 8000 }, (_, index) => file.readInt16LE(44 + index * 2));
    const periods = samples.filter((value, index) => value >= 0 && (samples[index - 1] ?? 0) < 0);
    expect(Math.abs(periods.length - hertz)).toBeLessThanOrEqual(1);
  });
});

describe('the storage host', () => {
  it('records its requests', async () => {
    await get(addressOf(await tokenOf(), 'recording'));
    expect(simulator.storageRequests).toMatchObject([
      { method: 'GET', path: '/dograh-artifacts/recordings/1001.wav', status: 200 },
    ]);
    expect(simulator.storageRequests[0]?.query).toHaveProperty('X-Amz-Signature');
    expect(simulator.requests.map(({ path }) => path)).not.toContain(
      '/dograh-artifacts/recordings/1001.wav',
    );

    simulator.reset();
    expect(simulator.storageRequests).toEqual([]);
  });

  it.each([{ 'X-API-Key': 'dg_any' }, { Authorization: 'Bearer any' }])(
    'refuses another credential beside the signature: %j',
    async (headers) => {
      const response = await get((await signedUrl('transcript')).href, { headers });
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('Only one auth mechanism allowed');
    },
  );

  it('so refuses a client that sends the API key with the redirect', async () => {
    const { apiKey } = simulator.world.acme;
    const address = addressOf(await tokenOf(), 'transcript');
    expect((await get(address, { headers: { 'X-API-Key': apiKey } })).status).toBe(400);
    expect(simulator.storageRequests).toMatchObject([{ headers: { 'x-api-key': apiKey } }]);
  });

  it('refuses a missing signature, or one for another file', async () => {
    const own = await signedUrl('transcript');
    const none = new URL(own.pathname, own);
    const wrong = new URL(own);
    wrong.searchParams.set('X-Amz-Signature', '0'.repeat(64));
    const longer = new URL(own);
    longer.searchParams.set('X-Amz-Expires', '999999');
    const another = new URL(own);
    another.pathname = '/dograh-artifacts/recordings/1001.wav';

    for (const address of [none, wrong, longer, another]) {
      const response = await get(address.href);
      expect(response.status).toBe(403);
      expect(await response.text()).toContain('SignatureDoesNotMatch');
    }
    const { status } = await fetch(own, { method: 'DELETE' });
    expect(status).toBe(403);
    expect((await get(own.href)).status).toBe(200);
  });

  it('refuses an expired URL', async () => {
    const strict = await startSimulator({ signedUrlSeconds: 0 });
    const address = await signedUrl('transcript', strict);
    const response = await get(address.href);
    const text = await response.text();
    await strict.stop();

    expect(response.status).toBe(403);
    expect(text).toContain('Request has expired');
  });

  it('does not find removed files', async () => {
    const address = await signedUrl('transcript');
    simulator.reset();
    const response = await get(address.href);
    expect(response.status).toBe(404);
    expect(await response.text()).toContain('NoSuchKey');
  });

  it('stops with the simulator', async () => {
    const brief = await startSimulator();
    const address = await signedUrl('transcript', brief);
    await brief.stop();
    expect(await failureOf(get(address.href))).toBe('ECONNREFUSED');
  });

  it('keeps running while Dograh restarts', async () => {
    const address = await signedUrl('transcript');
    const back = simulator.restart(50);
    expect((await get(address.href)).status).toBe(200);
    await back;
  });
});

describe('faults of a download', () => {
  const unavailable = { kind: 'status', callPlaced: false, status: 503 } as const;

  it('apply to the download route, and to no call', async () => {
    const address = addressOf(await tokenOf(), 'transcript');
    simulator.faults.add({ on: 'artifact', fault: unavailable });
    expect((await post(simulator)).status).toBe(200);
    expect((await get(address)).status).toBe(503);
    expect(simulator.storageRequests).toEqual([]);
    expect((await get(address)).status).toBe(200);
  });

  it('apply to the storage host, and not to the download route', async () => {
    const address = addressOf(await tokenOf(), 'transcript');
    simulator.faults.add({ on: 'storage', fault: unavailable });
    expect((await get(address, { follow: false })).status).toBe(302);
    expect((await get(address)).status).toBe(503);
    expect(simulator.storageRequests).toMatchObject([{ status: 'fault:status' }]);
  });

  it('of any route of Dograh do not apply to the storage host', async () => {
    const signed = await signedUrl('transcript');
    simulator.faults.add({ on: 'any', times: Infinity, fault: unavailable });
    expect((await get(signed.href)).status).toBe(200);
    expect((await get(addressOf('any', 'transcript'))).status).toBe(503);
  });

  it('may cut off a recording', async () => {
    const address = addressOf(await tokenOf({ durationSeconds: 5 }), 'recording');
    simulator.faults.add({ on: 'storage', fault: { kind: 'cut-off', callPlaced: true } });
    const response = await get(address);

    expect(response.headers.get('content-length')).toBe(String(44 + 5 * 16_000));
    expect(response.headers.get('content-type')).toBe('audio/wav');
    expect((await piecesOf(response)).failure).toContain('terminated');
  });

  it('may send a transcript slowly', async () => {
    const token = await tokenOf({ transcript: 'user: Hallo\n' });
    simulator.faults.add({
      on: 'storage',
      fault: { kind: 'slow-body', callPlaced: true, intervalMs: 5, bytesPerChunk: 3 },
    });
    const { pieces } = await piecesOf(await get(addressOf(token, 'transcript')));
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('')).toBe('user: Hallo\n');
  });
});
