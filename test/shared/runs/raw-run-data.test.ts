import type { RunResult, DograhClient } from '@dograh/shared';
import { startSimulator, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';

/** What a QA node writes about a call. */
const qa = {
  qa_4: { model: 'gpt-4.1', node_results: { 2: { node_name: 'Greeting', score: 9, tags: [] } } },
};
const CALLER_ID = '+14155550111';

describe('the data of a run that only its raw output shows', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator({ resultsAfterMs: 0, artifactsAfterMs: 0 });
  });
  beforeEach(() => {
    simulator.reset();
  });
  afterEach(() => {
    expect(simulator.contractViolations).toEqual([]);
  });
  afterAll(() => simulator.stop());

  const client = (): DograhClient =>
    clientTo(simulator.url, { apiKey: simulator.world.acme.apiKey });
  const addRun = (annotations: Record<string, unknown> = qa): number =>
    simulator.addRun({ ending: { annotations, durationSeconds: 60 } }).runId;

  it.each<[string, (id: number) => Promise<RunResult | undefined>]>([
    ['a run', (id) => client().getRun(id)],
    ['a run with its transcript', (id) => client().getTranscript(id)],
    ['a run with its recording', async (id) => (await recordingOf(id)).run],
    ['a search', (runId) => client().findCall({ runId })],
    ['the end of a call', (id) => client().waitForResult(id, waiting)],
  ])('is complete if the step reads %s', async (_what, read) => {
    expect(await read(addRun())).toMatchObject({
      mode: 'twilio',
      caller_number: CALLER_ID,
      usage_info: { llm: {}, tts: {}, stt: {}, call_duration_seconds: 60 },
      annotations: qa,
    });
  });

  it('is null as far as the list does not show it, and costs no request', async () => {
    addRun();
    const listed = {
      mode: 'twilio',
      caller_number: CALLER_ID,
      usage_info: null,
      annotations: null,
    };
    const runs: RunResult[] = [];
    for await (const run of client().listRuns()) runs.push(run);

    expect(runs).toMatchObject([listed]);
    expect(simulator.requests).toHaveLength(1);
    expect(await client().recentFinishedRuns({})).toMatchObject([listed]);
  });

  it('has the caller of an inbound call', async () => {
    const { runId } = simulator.addRun({ direction: 'inbound', phoneNumber: '+14155550101' });

    expect(await client().getRun(runId)).toMatchObject({
      caller_number: '+14155550101',
      phone_number: '+14155550101',
    });
  });

  it('has no usage before the results are written', async () => {
    const { runId } = simulator.addRun({ endedAt: null });

    expect(await client().getRun(runId)).toMatchObject({ usage_info: null, annotations: {} });
  });

  it.each<[string, unknown]>([
    ['missing', undefined],
    ['null', null],
    ['a list', ['good']],
    ['text', '{}'],
  ])('is null if Dograh sends %s', async (_what, value) => {
    const runId = addRun();
    const body = { is_completed: true, usage_info: value, annotations: value };
    simulator.faults.add({ on: 'run', fault: { kind: 'off-contract', callPlaced: true, body } });

    expect(await client().getRun(runId)).toMatchObject({ usage_info: null, annotations: null });
  });

  it('shows the key nowhere, and neither logs nor addresses of the storage', async () => {
    const { apiKey } = simulator.world.acme;
    const run = await client().getRun(addRun({ qa_4: { raw_response: `the key is ${apiKey}` } }));

    expect(run.annotations).toEqual({ qa_4: { raw_response: 'the key is [API key]' } });
    expect(Object.keys(run).filter((name) => /logs|storage|token|definition/.test(name))).toEqual(
      [],
    );
  });

  async function recordingOf(id: number) {
    const recording = await client().openRecording(id, 'mixed');
    recording.bytes.destroy();
    return recording;
  }
});

const waiting = {
  timeoutMs: 60_000,
  pollMs: 2_000,
  onTimeout: 'fail',
  forTranscript: false,
} as const;
