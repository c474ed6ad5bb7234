import { hurryWaits } from '../support/hurry';
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

/** A call that is over for long, unless told otherwise. */
function called(
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

/** A later step uses the file: Zapier calls what the text between its marks names. */
function used(file: unknown): Promise<ZapierOutcome> {
  const [, json = ''] = /^hydrate\|\|\|(.*)\|\|\|hydrate$/.exec(String(file)) ?? [];
  const { method, bundle } = JSON.parse(json) as { method: string; bundle: object };
  const run = { authData: connectionTo(simulator), inputData: { ...bundle } };
  return runInZapier(method, run, store.event);
}

describe('the files of a call', () => {
  it.each<[string, (runId: number) => Promise<ZapierOutcome>]>([
    ['Call Completed', () => completed()],
    ['Find Call', (runId) => found(runId)],
  ])('are fetched only when a later step uses those of %s', async (_what, outcomeFor) => {
    const runId = called();
    const outcome = outcomeFor(runId);
    for (const field of FILES) expect(await fileOf(outcome, field)).toMatch(/^hydrate\|\|\|/);

    expect(simulator.storageRequests).toEqual([]);
    expect(store.files).toEqual([]);
  });

  it('are the whole recording, with its name and type', async () => {
    called();
    const given = await used(await fileOf(completed(), 'recording_file'));

    expect(store.files).toHaveLength(1);
    expect(store.files[0]).toMatchObject({
      fileName: 'WR-API-1000-recording.wav',
      mimeType: 'audio/wav',
    });
    expect(store.files[0]?.bytes.equals(wav(SECONDS, [440, 660]))).toBe(true);
    expect(given).toMatchObject({ ok: true, output: store.files[0]?.url });
    expect(simulator.storageRequests).toHaveLength(1);
  });

  it('are the transcript as it was written', async () => {
    const transcript = 'assistant: Grüß Gott, “Zoë” 👋\nuser: {"a": 1}\n';
    const runId = called({ transcript });
    const given = await used(await fileOf(found(runId), 'transcript_file'));

    expect(store.files[0]).toMatchObject({
      fileName: 'WR-API-1000-transcript.txt',
      mimeType: 'text/plain; charset=utf-8',
    });
    expect(store.files[0]?.bytes.toString()).toBe(transcript);
    expect(given).toMatchObject({ ok: true, output: store.files[0]?.url });
  });

  it('are the transcript as text, too, for fields that take text', async () => {
    const transcript = 'assistant: Grüß Gott\nuser: Hello';
    const runId = called({ transcript });
    for (const outcome of [completed(), found(runId)]) {
      const [run] = runsOf(await outcome);

      expect(await used(run?.['transcript'])).toMatchObject({ ok: true, output: transcript });
    }
    expect(store.files).toEqual([]);
  });

  it('are an empty text where nothing was written down, which stops no Zap', async () => {
    const runId = called({ transcript: null });
    const [run] = runsOf(await found(runId));

    expect(await used(run?.['transcript'])).toMatchObject({ ok: true, output: '' });
  });

  it('are a text that comes later where the call was over a moment ago', async () => {
    const runId = called({ transcript: null }, new Date(Date.now() - 60_000).toISOString());
    const [run] = runsOf(await found(runId));

    expect(errorOf(await used(run?.['transcript'])).name).toBe('ThrottledError');
  });

  it.each(['busy', 'no-answer', 'failed'])('are none where the call ended as %s', async (word) => {
    const runId = called({ disposition: word });

    for (const outcome of [completed(), found(runId)]) {
      for (const field of [...FILES, 'transcript'] as const) {
        expect(await fileOf(outcome, field)).toBeNull();
      }
    }
  });

  it('are none while the call goes on, and those of a voicemail after it', async () => {
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
  ])('because there is none halts this run alone: %s', async (field, ending) => {
    called(ending);
    const error = errorOf(await used(await fileOf(completed(), field)));

    expect(error.name).toBe('HaltedError');
    expect(error.message).toMatch(/^Run 1001 has no (recording|transcript)/);
  });

  it.each<[FileField, Ending]>([
    ['recording_file', { recording: false }],
    ['transcript_file', { transcript: null }],
  ])('because the call was over a moment ago is fetched later: %s', async (field, ending) => {
    called(ending, new Date(Date.now() - 60_000).toISOString());
    const error = errorOf(await used(await fileOf(completed(), field)));

    expect(error.name).toBe('ThrottledError');
    expect(sentenceOf(error)).toMatch(/some seconds after the call/);
  });

  // Of half a recording the rest is waited for, as long as for any answer.
  it.each<[string, Fault]>([
    ['storage has a bad time', { kind: 'status', callPlaced: false, status: 503 }],
    ['half of it came', { kind: 'cut-off', callPlaced: true }],
  ])(
    'because %s is fetched later',
    async (_what, fault) => {
      called();
      const file = await fileOf(completed(), 'recording_file');
      simulator.faults.add({ on: 'storage', fault, times: Infinity });
      const error = errorOf(await used(file));

      expect(error.name).toBe('ThrottledError');
      expect(store.files).toEqual([]);
    },
    30_000,
  );

  it('because the key is not accepted makes Zapier ask for a new connection', async () => {
    called();
    const file = await fileOf(completed(), 'recording_file');
    simulator.faults.add({ on: 'runs', fault: { kind: 'status', callPlaced: false, status: 401 } });

    expect(errorOf(await used(file)).name).toBe('ExpiredAuthError');
  });

  it.each(FILES)('shows the key nowhere: %s', async (field) => {
    const { apiKey } = simulator.world.acme;
    called();
    const file = await fileOf(completed(), field);
    const fetched = await used(file);
    const body = { detail: `no ${apiKey}` };
    const fault = { kind: 'status', callPlaced: false, status: 403, body } as const;
    simulator.faults.add({ on: 'runs', fault });
    const refused = await used(file);

    expect([fetched.ok, refused.ok]).toEqual([true, false]);
    expect(everythingIn({ file, fetched, refused })).not.toContain(apiKey);
  });
});
