import type { INodeParameters } from 'n8n-workflow';
import { hurryWaits } from '../support/host-time';
import { startSimulator, type Fault, type Simulator } from '../../tools/simulator';
import { wav } from '../../tools/simulator/wav';
import { bytesOf, keepFilesOnDisk } from './binary-files';
import { credentialsFor } from '../../tools/hosts/n8n/call-form';
import { everythingIn, runDograhNode, type NodeRun } from '../../tools/hosts/n8n/engine';
import { shownBy } from '../../tools/hosts/n8n/host';

const SECONDS = 30;

hurryWaits();

describe('Download Recording in n8n', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator({ dialMs: 1, ringMs: 1, callDurationMs: 1 });
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterEach(() => {
    expect(simulator.contractViolations).toEqual([]);
    expect(simulator.calls).toEqual([]);
  });
  afterAll(() => simulator.stop());

  const download = (fields: INodeParameters = {}, run: Partial<NodeRun> = {}) =>
    runDograhNode({
      parameters: { resource: 'run', operation: 'downloadRecording', runId: '1001', ...fields },
      credentials: credentialsFor(simulator),
      ...run,
    });
  const addRun = (): void => {
    simulator.addRun({ ending: { durationSeconds: SECONDS } });
  };
  const strike = (fault: Fault, on: 'storage' | 'artifact' = 'storage', times = 1): void => {
    simulator.faults.add({ on, fault, times });
  };

  it.each([
    ['mixed', [440, 660], 'WR-API-1000-recording.wav'],
    ['caller', [440], 'WR-API-1000-caller.wav'],
    ['agent', [660], 'WR-API-1000-agent.wav'],
  ])('downloads the unchanged bytes of the track %s', async (track, tones, fileName) => {
    addRun();
    const { status, outputs } = await download({ track });
    const [item] = outputs[0] ?? [];
    const file = item?.binary?.['data'];

    expect(status).toBe('success');
    expect(item?.json).toMatchObject({ workflow_run_id: 1001, outcome: 'answered' });
    expect(file).toMatchObject({ fileName, mimeType: 'audio/wav', fileExtension: 'wav' });
    expect((await bytesOf(file)).equals(wav(SECONDS, tones))).toBe(true);
  });

  it('sends the key neither to the storage host nor to public links', async () => {
    addRun();
    const outcome = await download();
    const keyless = simulator.requests.filter(({ path }) => path.includes('/public/download/'));

    expect(simulator.storageRequests).toHaveLength(1);
    expect(keyless).toHaveLength(1);
    for (const { headers, path, query } of [...simulator.storageRequests, ...keyless]) {
      expect(everythingIn(headers, path, query)).not.toContain(simulator.world.acme.apiKey);
    }
    expect(everythingIn(outcome.outputs)).not.toContain(simulator.world.acme.apiKey);
  });

  it.each(['call', ' call\u200b'])('puts the file into the named field: %j', async (name) => {
    addRun();
    const { outputs } = await download({ binaryPropertyName: name });

    expect(Object.keys(outputs[0]?.[0]?.binary ?? {})).toEqual(['call']);
  });

  it('downloads the recording of each item', async () => {
    addRun();
    simulator.addRun({ ending: { durationSeconds: 5 } });
    const { outputs } = await download(
      { runId: '={{ $json.id }}' },
      { items: [{ id: 1002 }, { id: 1001 }] },
    );
    const sizes = outputs[0]?.map(async ({ binary }) => (await bytesOf(binary?.['data'])).length);

    expect(await Promise.all(sizes ?? [])).toEqual([5, SECONDS].map((s) => wav(s, []).length));
    expect(outputs[0]?.map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }]);
  });

  it.each([
    ['binary/octet-stream', 'audio/wav', 'WR-API-1000-recording.wav'],
    ['audio/mpeg', 'audio/mpeg', 'WR-API-1000-recording.mp3'],
    ['audio/x-wav; charset=binary', 'audio/wav', 'WR-API-1000-recording.wav'],
  ])('recognizes the content type %s', async (type, mimeType, fileName) => {
    addRun();
    const headers = { 'content-type': type };
    strike({ kind: 'status', callPlaced: true, status: 200, body: 'RIFF', headers });
    const { outputs } = await download();

    expect(outputs[0]?.[0]?.binary?.['data']).toMatchObject({ mimeType, fileName });
  });

  describe('explains that it cannot download if', () => {
    it.each<[string, (simulator: Simulator) => unknown, INodeParameters, RegExp]>([
      ['there is no such run', () => 0, { runId: '9999' }, /There is no run 9999/],
      [
        'the run belongs to another organization',
        (on) => on.addRun({ agent: on.world.agents.globexSurvey }),
        {},
        /There is no run 1001 in the organization of this API key/,
      ],
      [
        'nobody answered the call',
        (on) => on.addRun({ ending: { disposition: 'no-answer' } }),
        {},
        /Run 1001 has no recording: the call was not answered/,
      ],
      [
        'the call is not finished',
        (on) => on.addRun({ endedAt: null }),
        {},
        /Run 1001 has no recording yet\./,
      ],
      [
        'nothing was recorded',
        (on) => on.addRun({ ending: { recording: false } }),
        {},
        /Run 1001 has no recording\.\n/,
      ],
      [
        'the track is missing',
        (on) => on.addRun({ ending: { recording: false } }),
        { track: 'agent' },
        /Run 1001 has no recording of the agent alone\./,
      ],
    ])('%s', async (_what, prepare, fields, sentence) => {
      prepare(simulator);

      expect(shownBy(await download(fields))).toMatch(sentence);
      expect(simulator.storageRequests).toHaveLength(0);
    });

    it.each<[string, INodeParameters, RegExp]>([
      ['track', { track: 'left' }, /Track must be mixed, caller or agent, not "left"/],
      [
        'field',
        { binaryPropertyName: ' \u200b' },
        /Put Output File in Field must be the name of a field/,
      ],
      ['run ID', { runId: 'soon' }, /Run ID must be .*, not "soon"/],
    ])('the %s is invalid, before any request', async (_what, fields, sentence) => {
      expect(shownBy(await download(fields))).toMatch(sentence);
      expect(simulator.requests).toHaveLength(0);
    });

    it.each<[string, Fault, RegExp]>([
      [
        'the address has expired',
        { kind: 'status', callPlaced: false, status: 403 },
        /refused access \(403\)[^]*Run this step again/,
      ],
      [
        'the storage fails',
        { kind: 'status', callPlaced: false, status: 500 },
        /answered 500 when it was asked for the recording/,
      ],
      ['a proxy responds', { kind: 'not-json', callPlaced: true }, /answered with a web page/],
      [
        'a redirect repeats the method',
        { kind: 'redirect', callPlaced: false, status: 307, location: 'http://127.0.0.1:9/' },
        /sent an unexpected redirect \(307\)/,
      ],
      [
        'a redirect points to a file of this machine',
        { kind: 'redirect', callPlaced: false, status: 302, location: 'file:///etc/passwd' },
        /could not be downloaded/,
      ],
      [
        'the redirects never end',
        { kind: 'redirect', callPlaced: false, status: 302, location: '/again' },
        /redirected more than 3 times/,
      ],
    ])('%s', async (_what, fault, sentence) => {
      addRun();
      strike(fault, 'storage', Infinity);
      const outcome = await download();

      expect(shownBy(outcome)).toMatch(sentence);
      expect(outcome.outputs.flat()).toEqual([]);
      expect(simulator.storageRequests.length).toBeLessThanOrEqual(3);
    });
  });

  describe.each(['memory', 'files'])('a file that n8n keeps in %s', (keeping) => {
    let disk: Awaited<ReturnType<typeof keepFilesOnDisk>> | undefined;

    beforeAll(async () => {
      if (keeping === 'files') disk = await keepFilesOnDisk();
    });
    afterAll(() => disk?.stop());

    it('is complete', async () => {
      addRun();
      const { outputs } = await download();
      const file = outputs[0]?.[0]?.binary?.['data'];

      expect(file?.id !== undefined).toBe(keeping === 'files');
      expect((await bytesOf(file)).equals(wav(SECONDS, [440, 660]))).toBe(true);
    });

    it('is not stored if the connection breaks half-way', async () => {
      addRun();
      const before = await disk?.names();
      strike({ kind: 'cut-off', callPlaced: true });
      const outcome = await download();

      expect(shownBy(outcome)).toMatch(/was lost before the recording was complete/);
      expect(outcome.outputs.flat()).toEqual([]);
      expect(await disk?.names()).toEqual(before);
    });

    it('is not stored if the execution is stopped meanwhile', async () => {
      addRun();
      const before = await disk?.names();
      strike({ kind: 'slow-body', callPlaced: true, intervalMs: 50, bytesPerChunk: 1000 });
      const begun = new Promise<void>((resolve) => {
        const look = setInterval(() => {
          if (simulator.storageRequests.length === 0) return;
          clearInterval(look);
          resolve();
        }, 5);
      });
      const outcome = await download({}, { stopWhen: begun });

      expect(outcome.status).toBe('canceled');
      expect(outcome.outputs.flat()).toEqual([]);
      expect(await disk?.names()).toEqual(before);
    });
  });
});
