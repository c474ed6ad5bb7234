import { hurryWaits } from '../support/host-time';
import { startSimulator, type Ending, type Fault, type Simulator } from '../../tools/simulator';
import { wav } from '../../tools/simulator/wav';
import { startFileStore, type FileStore } from './file-store';
import { everythingIn, sentenceOf } from '../../tools/hosts/zapier/host';
import { runInZapier, type ZapierOutcome } from '../../tools/hosts/zapier/runtime';
import { connectionTo, errorOf, runsOf } from '../../tools/hosts/zapier/step';

const SECONDS = 10;
const FILES = ['recording_file', 'transcript_file'] as const;
type FileField = (typeof FILES)[number] | 'transcript';

hurryWaits();
let simulator: Simulator;
let store: FileStore;

beforeAll(async () => {
  simulator = await startSimulator({ resultsAfterMs: 0, artifactsAfterMs: 0 });
});
beforeEach(async () => {
  simulator.reset();
  store = await startFileStore();
});
afterEach(async () => {
  expect(store.received(simulator.world.acme.apiKey)).toBe(false);
  for (const { headers, path } of simulator.storageRequests) {
    expect(JSON.stringify([headers, path])).not.toContain(simulator.world.acme.apiKey);
  }
  expect(simulator.contractViolations).toEqual([]);
  expect(simulator.callRequests).toEqual([]);
  await store.stop();
});
afterAll(() => simulator.stop());

const HOUR = 3_600_000;

/** Adds a call that ended long ago, unless `createdAt` is given. */
function addCall(
  ending: Ending = {},
  createdAt = new Date(Date.now() - HOUR).toISOString(),
): number {
  return simulator.addRun({ createdAt, ending: { durationSeconds: SECONDS, ...ending } }).runId;
}

function step(method: string, inputData = {}): Promise<ZapierOutcome> {
  return runInZapier(method, { authData: connectionTo(simulator), inputData });
}

const completed = (): Promise<ZapierOutcome> => step('triggers.call_completed.operation.perform');
const found = (runId: number): Promise<ZapierOutcome> =>
  step('searches.find_run.operation.perform', { run_id: runId });

async function fileOf(outcome: Promise<ZapierOutcome>, field: FileField): Promise<unknown> {
  const [run] = runsOf(await outcome);
  return run?.[field];
}

/** Fetches a file as Zapier does when a later step uses it: the placeholder names the function to run. */
function fetchFile(file: unknown): Promise<ZapierOutcome> {
  const [, json = ''] = /^hydrate\|\|\|(.*)\|\|\|hydrate$/.exec(String(file)) ?? [];
  const { method, bundle } = JSON.parse(json) as { method: string; bundle: object };
  const run = { authData: connectionTo(simulator), inputData: { ...bundle } };
  return runInZapier(method, run, store.event);
}

describe('the files of a call', () => {
  it.each<[string, (runId: number) => Promise<ZapierOutcome>]>([
    ['Call Completed', () => completed()],
    ['Find Call', (runId) => found(runId)],
  ])('that %s returns are fetched only when a later step uses them', async (_what, outcomeFor) => {
    const runId = addCall();
    const outcome = outcomeFor(runId);
    for (const field of FILES) expect(await fileOf(outcome, field)).toMatch(/^hydrate\|\|\|/);

    expect(simulator.storageRequests).toEqual([]);
    expect(store.files).toEqual([]);
  });

  it('include the whole recording with its name and type', async () => {
    addCall();
    const given = await fetchFile(await fileOf(completed(), 'recording_file'));

    expect(store.files).toHaveLength(1);
    expect(store.files[0]).toMatchObject({
      fileName: 'WR-API-1000-recording.wav',
      mimeType: 'audio/wav',
    });
    expect(store.files[0]?.bytes.equals(wav(SECONDS, [440, 660]))).toBe(true);
    expect(given).toMatchObject({ ok: true, output: store.files[0]?.url });
    expect(simulator.storageRequests).toHaveLength(1);
  });

  it('include the unchanged transcript', async () => {
    const transcript = 'assistant: Grüß Gott, “Zoë” 👋\nuser: {"a": 1}\n';
    const runId = addCall({ transcript });
    const given = await fetchFile(await fileOf(found(runId), 'transcript_file'));

    expect(store.files[0]).toMatchObject({
      fileName: 'WR-API-1000-transcript.txt',
      mimeType: 'text/plain; charset=utf-8',
    });
    expect(store.files[0]?.bytes.toString()).toBe(transcript);
    expect(given).toMatchObject({ ok: true, output: store.files[0]?.url });
  });

  it('include the transcript as text', async () => {
    const transcript = 'assistant: Grüß Gott\nuser: Hello';
    const runId = addCall({ transcript });
    for (const outcome of [completed(), found(runId)]) {
      const [run] = runsOf(await outcome);

      expect(await fetchFile(run?.['transcript'])).toMatchObject({ ok: true, output: transcript });
    }
    expect(store.files).toEqual([]);
  });

  it('include an empty text if the call has no transcript', async () => {
    const runId = addCall({ transcript: null });
    const [run] = runsOf(await found(runId));

    expect(await fetchFile(run?.['transcript'])).toMatchObject({ ok: true, output: '' });
  });

  it('include a text that is fetched later if the call has just ended', async () => {
    const runId = addCall({ transcript: null }, new Date(Date.now() - 60_000).toISOString());
    const [run] = runsOf(await found(runId));

    expect(errorOf(await fetchFile(run?.['transcript'])).name).toBe('ThrottledError');
  });

  it.each(['busy', 'no-answer', 'failed'])('are null if the call ended as %s', async (word) => {
    const runId = addCall({ disposition: word });

    for (const outcome of [completed(), found(runId)]) {
      for (const field of [...FILES, 'transcript'] as const) {
        expect(await fileOf(outcome, field)).toBeNull();
      }
    }
  });

  it('are null during a call and exist after a voicemail', async () => {
    const { runId } = simulator.addRun({ endedAt: null });
    expect(await fileOf(found(runId), 'recording_file')).toBeNull();
    simulator.finish(runId, { disposition: 'voicemail_detected' });
    await simulator.waitFor(runId, 'artifacts');

    expect(await fileOf(found(runId), 'recording_file')).toMatch(/^hydrate/);
  });
});

describe('a file that cannot be fetched', () => {
  it.each<[FileField, Ending]>([
    ['recording_file', { recording: false }],
    ['transcript_file', { transcript: null }],
  ])('halts only this run if the file does not exist: %s', async (field, ending) => {
    addCall(ending);
    const error = errorOf(await fetchFile(await fileOf(completed(), field)));

    expect(error.name).toBe('HaltedError');
    expect(error.message).toMatch(/^Run 1001 has no (recording|transcript)/);
  });

  it.each<[FileField, Ending]>([
    ['recording_file', { recording: false }],
    ['transcript_file', { transcript: null }],
  ])('is fetched later if the call has just ended: %s', async (field, ending) => {
    addCall(ending, new Date(Date.now() - 60_000).toISOString());
    const error = errorOf(await fetchFile(await fileOf(completed(), field)));

    expect(error.name).toBe('ThrottledError');
    expect(sentenceOf(error)).toMatch(/some seconds after the call/);
  });

  // The app waits for the rest of a recording as long as for any response.
  it.each<[string, Fault]>([
    ['storage returns a 503', { kind: 'status', callPlaced: false, status: 503 }],
    ['only half of the recording arrives', { kind: 'cut-off', callPlaced: true }],
  ])(
    'is fetched later if %s',
    async (_what, fault) => {
      addCall();
      const file = await fileOf(completed(), 'recording_file');
      simulator.faults.add({ on: 'storage', fault, times: Infinity });
      const error = errorOf(await fetchFile(file));

      expect(error.name).toBe('ThrottledError');
      expect(store.files).toEqual([]);
    },
    30_000,
  );

  it('makes Zapier ask to reconnect if Dograh does not accept the API key', async () => {
    addCall();
    const file = await fileOf(completed(), 'recording_file');
    simulator.faults.add({ on: 'runs', fault: { kind: 'status', callPlaced: false, status: 401 } });

    expect(errorOf(await fetchFile(file)).name).toBe('ExpiredAuthError');
  });

  it.each(FILES)('does not show the API key: %s', async (field) => {
    const { apiKey } = simulator.world.acme;
    addCall();
    const file = await fileOf(completed(), field);
    const fetched = await fetchFile(file);
    const body = { detail: `no ${apiKey}` };
    const fault = { kind: 'status', callPlaced: false, status: 403, body } as const;
    simulator.faults.add({ on: 'runs', fault });
    const refused = await fetchFile(file);

    expect([fetched.ok, refused.ok]).toEqual([true, false]);
    expect(everythingIn({ file, fetched, refused })).not.toContain(apiKey);
  });
});
