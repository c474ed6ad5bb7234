import { answerAt, answerTo, aNumber, getRuns } from '../../../tools/simulator/api-caller';
import {
  startSimulator,
  type Run,
  type RunState,
  type Simulator,
} from '../../../tools/simulator/index';

const quick = { dialMs: 1, ringMs: 1, callDurationMs: 1, resultsAfterMs: 1, artifactsAfterMs: 1 };
const running: Simulator[] = [];

async function started(options: Parameters<typeof startSimulator>[0] = quick): Promise<Simulator> {
  const simulator = await startSimulator(options);
  running.push(simulator);
  return simulator;
}

afterEach(async () => {
  for (const { contractViolations } of running) expect(contractViolations).toEqual([]);
  await Promise.all(running.splice(0).map((simulator) => simulator.stop()));
});

const statesOf = ({ states }: Run): RunState[] => states.map(({ state }) => state);

async function placed(simulator: Simulator, phoneNumber = aNumber): Promise<number> {
  const { status, body } = await answerTo(simulator, { body: { phone_number: phoneNumber } });
  expect(status).toBe(200);
  return (body as { workflow_run_id: number }).workflow_run_id;
}

interface WholeRun {
  is_completed: boolean;
  gathered_context: Record<string, unknown>;
  [field: string]: unknown;
}

async function read(simulator: Simulator, runId: number): Promise<WholeRun> {
  const { status, body } = await answerAt(simulator, `/workflow/101/runs/${String(runId)}`);
  expect(status).toBe(200);
  return body as WholeRun;
}

/** The newest run in the list of all runs. */
async function listed(simulator: Simulator): Promise<unknown> {
  const response = await getRuns(simulator, {});
  return ((await response.json()) as { runs: unknown[] }).runs[0];
}

describe('the end of a call', () => {
  it.each<[string, RunState[]]>([
    ['busy', ['initiated', 'completed']],
    ['failed', ['initiated', 'completed']],
    ['error', ['initiated', 'completed']],
    ['no-answer', ['initiated', 'ringing', 'completed']],
    ['canceled', ['initiated', 'ringing', 'completed']],
  ])('is %s if nobody picks up', async (disposition, states) => {
    const simulator = await started();
    simulator.endNext({ disposition, durationSeconds: 9 });
    const run = await simulator.waitFor(await placed(simulator), 'completed');

    expect(statesOf(run)).toEqual(states);
    expect(run).toMatchObject({ disposition, durationSeconds: 0, chargeUsd: null });
    expect(await read(simulator, run.runId)).toMatchObject({
      is_completed: true,
      usage_info: { call_duration_seconds: 0 },
      recording_url: null,
      transcript_url: null,
      recording_public_url: null,
      public_access_token: null,
      gathered_context: {
        call_tags: ['not_connected', `telephony_${disposition}`],
        call_disposition: disposition,
        mapped_call_disposition: disposition,
      },
    });
  });

  it.each(['user_hangup', 'voicemail_detected', 'callback_requested'])(
    'is %s after a person has picked up',
    async (disposition) => {
      const simulator = await started();
      simulator.endNext({
        disposition,
        mappedDisposition: 'CODE',
        gathered: { appointment: { confirmed: true } },
        durationSeconds: 61,
      });
      const run = await simulator.waitFor(await placed(simulator), 'artifacts');

      expect(statesOf(run)).toEqual(['initiated', 'ringing', 'in_progress', 'completed']);
      expect(await read(simulator, run.runId)).toMatchObject({
        usage_info: { call_duration_seconds: 61 },
        cost_info: { call_duration_seconds: 61 },
        gathered_context: {
          appointment: { confirmed: true },
          call_tags: [disposition, 'user_speech'],
          call_disposition: disposition,
          mapped_call_disposition: 'CODE',
        },
      });
    },
  );

  it('depends on the called number', async () => {
    const simulator = await started();
    simulator.world.endings['+14155550160'] = { disposition: 'busy' };
    const busy = await placed(simulator, '+14155550160');
    const other = await placed(simulator);

    expect((await simulator.waitFor(busy, 'completed')).disposition).toBe('busy');
    expect((await simulator.waitFor(other, 'completed')).disposition).toBe('user_hangup');
  });

  it.each([
    ['+14155550191', 'busy'],
    ['+14155550192', 'no-answer'],
    ['+14155550193', 'voicemail_detected'],
  ])('for a call to %s is %s by default', async (number, disposition) => {
    const simulator = await started();
    const run = await simulator.waitFor(await placed(simulator, number), 'completed');

    expect(run.disposition).toBe(disposition);
  });

  it('can be chosen for the next calls, in order, instead of that of the number', async () => {
    const simulator = await started();
    simulator.world.endings[aNumber] = { disposition: 'busy' };
    simulator.endNext({ disposition: 'no-answer' });
    simulator.endNext({ disposition: 'canceled' });
    const runs = [await placed(simulator), await placed(simulator), await placed(simulator)];

    const ended = await Promise.all(runs.map((id) => simulator.waitFor(id, 'completed')));
    expect(ended.map(({ disposition }) => disposition)).toEqual(['no-answer', 'canceled', 'busy']);
  });

  it('has its default again after a reset', async () => {
    const simulator = await started();
    simulator.endNext({ disposition: 'busy' });
    simulator.world.endings[aNumber] = { disposition: 'busy' };
    simulator.reset();

    const run = await simulator.waitFor(await placed(simulator), 'completed');
    expect(run.disposition).toBe('user_hangup');
  });

  it.each([
    [{ transcript: null }, { transcript_url: null, recording_url: 'recordings/1001.wav' }],
    [{ recording: false }, { transcript_url: 'transcripts/1001.txt', user_recording_url: null }],
    [
      {},
      {
        transcript_url: 'transcripts/1001.txt',
        recording_url: 'recordings/1001.wav',
        user_recording_url: 'recordings/1001/user.wav',
        bot_recording_url: 'recordings/1001/bot.wav',
      },
    ],
  ])('stores the data of %j', async (ending, stored) => {
    const simulator = await started();
    simulator.endNext(ending);
    const id = await placed(simulator);
    await simulator.waitFor(id, 'artifacts');
    expect(await read(simulator, id)).toMatchObject(stored);
  });
});

describe('after a run is completed', () => {
  it('its results are written later', async () => {
    const simulator = await started({ ...quick, resultsAfterMs: Infinity });
    const { runId } = await simulator.waitFor(await placed(simulator), 'completed');

    const run = await read(simulator, runId);
    expect(run).toMatchObject({ is_completed: true, usage_info: null, cost_info: null });
    expect(run.gathered_context).not.toHaveProperty('call_disposition');
    expect(run.gathered_context).toHaveProperty('triggered_by', 'api');
  });

  it('its results are written once if the test requests it', async () => {
    const simulator = await started({ ...quick, resultsAfterMs: Infinity });
    const { runId } = await simulator.waitFor(await placed(simulator), 'completed');
    simulator.writeResults(runId);

    expect(await read(simulator, runId)).toMatchObject({
      usage_info: { call_duration_seconds: 1 },
      gathered_context: { call_disposition: 'user_hangup' },
    });
    expect(() => simulator.writeResults(runId)).toThrow('Run 1001 has no results to write.');
  });

  it('transcript and recordings come after the results', async () => {
    const simulator = await started({ ...quick, artifactsAfterMs: Infinity });
    const { runId } = await simulator.waitFor(await placed(simulator), 'results');

    const run = await read(simulator, runId);
    expect(run.gathered_context).toHaveProperty('call_disposition', 'user_hangup');
    expect(run).toMatchObject({ transcript_url: null, recording_public_url: null });
  });

  it('everything is stored after a moment by default', async () => {
    const simulator = await started({ dialMs: 1, ringMs: 1, callDurationMs: 1 });
    const run = await simulator.waitFor(await placed(simulator), 'artifacts');
    const completedAt = Date.parse(run.states.at(-1)?.at ?? '');
    const after = (time: string | null): number => Date.parse(time ?? '') - completedAt;

    // A Node timer may fire a millisecond early.
    expect(after(run.resultsAt)).toBeGreaterThanOrEqual(19);
    expect(after(run.artifactsAt)).toBeGreaterThanOrEqual(39);
    expect(after(run.artifactsAt)).toBeGreaterThanOrEqual(after(run.resultsAt));
  });

  it('listeners for states are not notified again', async () => {
    const simulator = await started();
    const seen: unknown[] = [];
    simulator.onChange((run) => seen.push(run.states.at(-1)?.state));
    await simulator.waitFor(await placed(simulator), 'artifacts');
    expect(seen).toEqual(['initiated', 'ringing', 'in_progress', 'completed']);
  });
});

describe('a call that does not end by itself', () => {
  const endless = { ...quick, callDurationMs: Infinity };

  it('is running until it is finished, in any order', async () => {
    const simulator = await started(endless);
    const [first, second] = [await placed(simulator), await placed(simulator)];
    await simulator.waitFor(second, 'in_progress');
    simulator.finish(second, { disposition: 'callback_requested', durationSeconds: 7 });
    await simulator.waitFor(second, 'results');

    expect(await read(simulator, second)).toMatchObject({
      is_completed: true,
      gathered_context: { call_disposition: 'callback_requested' },
      usage_info: { call_duration_seconds: 7 },
    });
    expect(await read(simulator, first)).toMatchObject({ is_completed: false });
  });

  it('ends as chosen when it was placed, unless finish() chooses another ending', async () => {
    const simulator = await started({ ...endless, dialMs: Infinity });
    simulator.world.endings[aNumber] = { disposition: 'busy' };
    const [first, second] = [await placed(simulator), await placed(simulator)];

    expect(simulator.finish(first).disposition).toBe('busy');
    expect(statesOf(simulator.finish(second, { disposition: 'done' }))).toEqual([
      'initiated',
      'ringing',
      'in_progress',
      'completed',
    ]);
  });

  it('is not ended again by the clock', async () => {
    const simulator = await started({ ...quick, callDurationMs: 20 });
    const id = await placed(simulator);
    await simulator.waitFor(id, 'in_progress');
    const run = simulator.finish(id, { disposition: 'early' });
    await new Promise((resolve) => setTimeout(resolve, 40));

    expect(statesOf(run).filter((state) => state === 'completed')).toHaveLength(1);
    expect(run.disposition).toBe('early');
  });

  it('cannot be finished if it does not exist, is over, or was answered and would end as unanswered', async () => {
    const simulator = await started(endless);
    const id = await placed(simulator);
    await simulator.waitFor(id, 'in_progress');

    expect(() => simulator.finish(1)).toThrow('There is no run 1.');
    expect(() => simulator.finish(id, { disposition: 'busy' })).toThrow(
      'Run 1001 was answered, so it is not busy.',
    );
    simulator.finish(id);
    expect(() => simulator.finish(id)).toThrow('Run 1001 is over already.');
  });
});

describe('a disposition that the agent decides during the call', () => {
  it('is the only known result during the call', async () => {
    const simulator = await started({ ...quick, callDurationMs: Infinity });
    const id = await placed(simulator);
    await simulator.waitFor(id, 'in_progress');
    simulator.noteDisposition(id, 'qualified');

    expect(await listed(simulator)).toMatchObject({
      disposition: 'qualified',
      call_duration_seconds: 0,
      charge_usd: null,
    });
    expect(await read(simulator, id)).toMatchObject({
      is_completed: false,
      usage_info: null,
      gathered_context: { call_disposition: 'qualified', triggered_by: 'api' },
    });
  });

  it('stays if the call ends by itself', async () => {
    const simulator = await started();
    simulator.onChange(({ runId, states }) => {
      if (states.at(-1)?.state === 'in_progress') simulator.noteDisposition(runId, 'qualified');
    });
    const { runId, disposition } = await simulator.waitFor(await placed(simulator), 'results');

    expect(disposition).toBe('qualified');
    expect(await read(simulator, runId)).toMatchObject({
      is_completed: true,
      usage_info: { call_duration_seconds: 1 },
      gathered_context: { call_disposition: 'qualified' },
    });
  });

  it('stays if the test ends the call, unless it chooses another ending', async () => {
    const simulator = await started();
    const [first, second] = [
      simulator.addRun({ endedAt: null }),
      simulator.addRun({ endedAt: null }),
    ];
    for (const { runId } of [first, second]) simulator.noteDisposition(runId, 'qualified');

    expect(simulator.finish(first.runId).disposition).toBe('qualified');
    expect(simulator.finish(second.runId, {}).disposition).toBe('user_hangup');
  });

  it('has the organization’s own code if the chosen ending has one', async () => {
    const simulator = await started();
    const ending = { mappedDisposition: 'XFER' };
    const { runId } = simulator.addRun({ endedAt: null, ending });
    simulator.noteDisposition(runId, 'transferred');

    expect(await listed(simulator)).toMatchObject({ disposition: 'XFER' });
  });

  it('cannot be that of an unanswered call, and needs a running call', async () => {
    const simulator = await started();
    const { runId } = simulator.addRun();
    const answered = simulator.addRun({ endedAt: null });

    expect(() => simulator.noteDisposition(1, 'qualified')).toThrow('There is no run 1.');
    expect(() => simulator.noteDisposition(runId, 'qualified')).toThrow(
      'Run 1001 is over already.',
    );
    expect(() => simulator.noteDisposition(answered.runId, 'busy')).toThrow(
      'Run 1002 was answered, so it is not busy.',
    );
  });
});

describe('a run that a test adds to the past', () => {
  it('is finished, with its results, and is not among the placed calls', async () => {
    const simulator = await started();
    const run = simulator.addRun({
      agent: simulator.world.agents.leadQualifier,
      phoneNumber: '+14155550177',
      createdAt: '2026-08-01T10:00:00.000Z',
      endedAt: '2026-08-01T12:00:00.000Z',
      initialContext: { lead: 7 },
      ending: { disposition: 'qualified', gathered: { score: 9 } },
    });

    expect(simulator.calls).toEqual([]);
    expect(statesOf(run)).toEqual(['initiated', 'ringing', 'in_progress', 'completed']);
    expect(run.states.at(-1)?.at).toBe('2026-08-01T12:00:00.000Z');
    expect((await answerAt(simulator, '/workflow/102/runs/1001')).body).toMatchObject({
      id: 1001,
      workflow_id: 102,
      created_at: '2026-08-01T10:00:00.000000Z',
      is_completed: true,
      call_type: 'outbound',
      initial_context: { lead: 7, called_number: '+14155550177', trigger_mode: 'production' },
      gathered_context: { score: 9, call_disposition: 'qualified' },
      usage_info: { call_duration_seconds: 7200 },
      transcript_url: 'transcripts/1001.txt',
    });
  });

  it('may be running, and be finished by the test', async () => {
    const simulator = await started();
    const { runId } = simulator.addRun({ createdAt: '2026-08-01T10:00:00.000Z', endedAt: null });
    expect(await read(simulator, runId)).toMatchObject({ is_completed: false, usage_info: null });

    simulator.finish(runId, { durationSeconds: 5 });
    await simulator.waitFor(runId, 'artifacts');
    expect(await read(simulator, runId)).toMatchObject({
      is_completed: true,
      created_at: '2026-08-01T10:00:00.000000Z',
      usage_info: { call_duration_seconds: 5 },
    });
  });

  it('took a minute and is over by default', async () => {
    const simulator = await started();
    const now = Date.now();
    const times = (run: Run): number[] => [run.createdAt, run.states.at(-1)?.at].map(sinceNow);
    const sinceNow = (time = ''): number => Math.round((Date.parse(time) - now) / 1000);

    expect(times(simulator.addRun())).toEqual([-60, 0]);
    const at = (seconds: number): string => new Date(now + seconds * 1000).toISOString();
    expect(times(simulator.addRun({ createdAt: at(-600) }))).toEqual([-600, -540]);
    expect(times(simulator.addRun({ createdAt: at(-10) }))).toEqual([-10, 0]);
    expect(times(simulator.addRun({ endedAt: at(-600) }))).toEqual([-660, -600]);
  });

  it('may be a test run', async () => {
    const simulator = await started();
    const run = simulator.addRun({ environment: 'test' });
    expect(run.runName).toMatch(/^WR-TEST-\d{4}$/);
    expect(run.agentVersion).toBe('draft');
    expect(run.initialContext).toHaveProperty('trigger_mode', 'test');
  });

  it('needs an agent with a version that can run', async () => {
    const simulator = await started();
    const { neverPublished } = simulator.world.agents;
    expect(() => simulator.addRun({ agent: neverPublished })).toThrow(
      'Win-Back (Never Published) has no version that can run.',
    );
  });
});
