import type { Trigger } from 'zapier-platform-core';
import { hurryWaits } from '../support/host-time';
import { closedPort } from '../../tools/support/servers';
import { startSimulator, type Fault, type Run, type Simulator } from '../../tools/simulator';
import { everythingIn, sentenceOf } from '../../tools/hosts/zapier/host';
import {
  builtApp,
  runInZapier,
  type ZapierOutcome,
  type ZapierRun,
} from '../../tools/hosts/zapier/runtime';
import { connectionTo, errorOf, runsOf } from '../../tools/hosts/zapier/step';
import { choicesIn, dropdowns, openDropdown } from './dropdown';
import { startCursors, Zap, type Cursors } from './zap';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

hurryWaits();
let simulator: Simulator;
let cursors: Cursors;

beforeAll(async () => {
  simulator = await startSimulator({ resultsAfterMs: 0, artifactsAfterMs: 0 });
  cursors = await startCursors();
});
beforeEach(() => {
  simulator.reset();
});
afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
  expect(simulator.callRequests).toEqual([]);
});
afterAll(async () => {
  await simulator.stop();
  await cursors.stop();
});

/** A poll outside of a Zap, which can store nothing. */
function poll(run: Partial<ZapierRun> = {}): Promise<ZapierOutcome> {
  return runInZapier('triggers.call_completed.operation.perform', {
    authData: connectionTo(simulator),
    ...run,
  });
}

async function idsOf(inputData: ZapierRun['inputData'] = {}): Promise<unknown[]> {
  return runsOf(await poll({ inputData })).map(({ id }) => id);
}

const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();
const finished = (beganAgo = MINUTE): Run => simulator.addRun({ createdAt: ago(beganAgo) });
const ongoing = (beganAgo = MINUTE): Run =>
  simulator.addRun({ createdAt: ago(beganAgo), endedAt: null });

/** Makes all runs older by this time. */
function makeOlder(ms: number): void {
  for (const run of simulator.runs) {
    run.createdAt = new Date(Date.parse(run.createdAt) - ms).toISOString();
  }
}

async function finish({ runId }: Run): Promise<void> {
  simulator.finish(runId);
  await simulator.waitFor(runId, 'results');
}

const newZap = (): Zap => new Zap(cursors, { authData: connectionTo(simulator) });

describe('Call Completed', () => {
  it('starts a Zap once for each call that ends after the Zap was turned on', async () => {
    finished();
    const zap = await newZap().turnOn();
    expect(await zap.poll()).toEqual([]);
    const [older, newer] = [finished(2 * SECOND), finished(SECOND)];

    expect(await zap.poll()).toEqual([newer.runId, older.runId]);
    expect(await zap.poll()).toEqual([]);
  });

  it('starts a Zap for a call that ends hours after calls that began later', async () => {
    const long = ongoing(23 * HOUR);
    const zap = await newZap().turnOn();
    for (let hours = 20; hours > 10; hours -= 1) finished(hours * HOUR);
    expect(await zap.poll()).toHaveLength(10);
    const short = ongoing(HOUR);
    finished(MINUTE);
    expect(await zap.poll()).toHaveLength(1);
    await finish(short);
    expect(await zap.poll()).toEqual([short.runId]);
    await finish(long);

    expect(await zap.poll()).toEqual([long.runId]);
    expect(await zap.poll()).toEqual([]);
  });

  it('waits for the end of a call whose disposition is already set', async () => {
    const run = ongoing(5 * MINUTE);
    const zap = await newZap().turnOn();
    simulator.noteDisposition(run.runId, 'qualified');
    expect(await zap.poll()).toEqual([]);
    makeOlder(3 * MINUTE);
    expect(await zap.poll()).toEqual([]);
    await finish(run);

    expect(await zap.poll()).toEqual([run.runId]);
    expect(runsOf(await poll())[0]?.['duration_seconds']).toBeGreaterThanOrEqual(300);
    expect(await zap.poll()).toEqual([]);
  });

  it('sends one more request per poll for 20 calls that ended as soon as they were answered', async () => {
    const zap = await newZap().turnOn();
    for (let count = 1; count <= 20; count += 1) {
      const createdAt = ago(count * MINUTE);
      simulator.addRun({ createdAt, ending: { durationSeconds: 0 } });
    }
    expect(await zap.poll()).toHaveLength(20);
    const before = simulator.requests.length;
    expect(await zap.poll()).toEqual([]);
    expect(simulator.requests.length - before).toBe(2);
    makeOlder(HOUR);

    expect(await zap.poll()).toEqual([]);
    expect(simulator.requests.length - before).toBe(3);
  });

  it('starts a Zap for each of 250 calls that end in a different order than they began', async () => {
    const zap = await newZap().turnOn();
    const running = Array.from({ length: 250 }, (_, index) => ongoing(index * MINUTE));
    expect(await zap.poll()).toEqual([]);
    for (const run of running.filter((_, index) => index % 3 === 0)) await finish(run);
    await zap.poll();
    for (const run of running.filter((_, index) => index % 3 !== 0)) await finish(run);
    finished();
    await zap.catchUp();

    const all = simulator.runs.map(({ runId }) => runId);
    expect(zap.started).toHaveLength(251);
    expect(zap.started.toSorted()).toEqual(all.toSorted());
  });

  it('misses no call after a failed poll', async () => {
    for (let count = 1; count <= 150; count += 1) finished(count * MINUTE);
    const zap = newZap();
    let asked = 0;
    const stop = simulator.onRequest(() => {
      asked += 1;
      if (asked !== 1) return;
      const fault = { kind: 'status', callPlaced: false, status: 503 } as const;
      simulator.faults.add({ on: 'runs', fault, times: 3 });
    });
    const error = await zap.poll().catch((thrown: unknown) => thrown);
    stop();

    expect((error as Error).name).toBe('ThrottledError');
    expect(zap.started).toEqual([]);
    await zap.catchUp();
    expect(zap.started).toHaveLength(150);
  });
});

describe('the output of Call Completed', () => {
  it('contains the result of a call', async () => {
    const ending = { disposition: 'user_hangup', gathered: { rating: 5 } };
    const { runId } = simulator.addRun({ ending, initialContext: { name: 'Ann' } });
    const [run, another] = runsOf(await poll());

    expect(another).toBeUndefined();
    expect(run).toMatchObject({
      id: runId,
      workflow_run_id: runId,
      agent_name: 'Appointment Reminder',
      status: 'completed',
      outcome: 'answered',
      disposition: 'user_hangup',
      initial_context: { name: 'Ann' },
      gathered_context: { rating: 5 },
    });
    expect(run?.['started_at']).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  it('has the keys of its sample and of its output fields', async () => {
    finished();
    const [run = {}] = runsOf(await poll());
    const { triggers } = builtApp() as unknown as { triggers: { call_completed: Trigger } };
    const { sample = {}, outputFields = [] } = triggers.call_completed.operation;

    expect(Object.keys(run)).toEqual(Object.keys(sample));
    expect((outputFields as { key: string }[]).map(({ key }) => key).toSorted()).toEqual(
      Object.keys(sample).toSorted(),
    );
  });

  it.each<[string, ZapierRun['inputData'], number[]]>([
    ['calls of one direction', { direction: 'inbound' }, [1003]],
    ['calls with one disposition', { disposition: ' Busy ' }, [1002]],
    [
      'calls with one of several dispositions',
      { disposition: 'busy,user_hangup' },
      [1003, 1002, 1001],
    ],
    ['calls with a disposition from a list', { disposition: ['busy', ' Failed'] }, [1002]],
    ['calls with one of several outcomes', { outcome: 'busy; no_answer' }, [1002]],
    ['all calls if no filter is set', { agent: '', direction: null }, [1003, 1002, 1001]],
    [
      'only calls that match every filter',
      { direction: 'outbound', disposition: 'user_hangup' },
      [1001],
    ],
  ])('contains %s', async (_what, inputData, ids) => {
    simulator.addRun({ createdAt: ago(3 * MINUTE) });
    simulator.addRun({ createdAt: ago(2 * MINUTE), ending: { disposition: 'busy' } });
    simulator.addRun({ createdAt: ago(MINUTE), direction: 'inbound' });

    expect(await idsOf(inputData)).toEqual(ids);
  });

  it.each(['want_demo', 'Not now, call later'])(
    'contains the calls with a disposition from the dropdown: %s',
    async (disposition) => {
      const { runId } = simulator.addRun({ createdAt: ago(MINUTE), ending: { disposition } });
      finished();
      const dynamic = dropdowns().get('triggers.call_completed.disposition') ?? '';
      const authData = connectionTo(simulator);
      const listed = choicesIn(dynamic, await openDropdown(dynamic, { authData }));
      const picked = listed.find(({ label }) => label === disposition);

      expect(await idsOf({ disposition: picked?.value })).toEqual([runId]);
    },
  );

  it('contains the calls with typed dispositions if Dograh does not list them', async () => {
    const { runId } = simulator.addRun({
      createdAt: ago(MINUTE),
      ending: { disposition: 'no-answer' },
    });
    finished();
    const fault = { kind: 'status', callPlaced: false, status: 404 } as const;
    simulator.faults.add({ on: 'dispositions', fault, times: Infinity });

    expect(await idsOf({ disposition: 'busy, no-answer' })).toEqual([runId]);
  });

  it.each([
    ['Disposition', { disposition: { code: 'busy' } }],
    ['Outcome', { outcome: [['busy']] }],
    ['Agent', { agent: true }],
  ])('is refused if %s is not a list of texts', async (label, inputData) => {
    expect(sentenceOf(errorOf(await poll({ inputData })))).toMatch(
      new RegExp(`^${label} must be a list of texts, not .* Separate several values by commas`),
    );
    expect(simulator.requests).toHaveLength(0);
  });

  it('contains the calls of the chosen agent', async () => {
    const { leadQualifier: agent } = simulator.world.agents;
    finished();
    const { runId } = simulator.addRun({ agent });

    expect(await idsOf({ agent: agent.uuid })).toEqual([runId]);
  });

  it.each(['isLoadingSample', 'isFillingDynamicDropdown'])(
    'is read with one request for samples (%s)',
    async (reason) => {
      for (let count = 1; count <= 250; count += 1) finished(count * MINUTE);

      expect(runsOf(await poll({ meta: { [reason]: true } }))).toHaveLength(100);
      expect(simulator.requests).toHaveLength(1);
    },
  );
});

describe('a failed poll of Call Completed', () => {
  it('makes Zapier ask to reconnect if Dograh does not accept the API key', async () => {
    const authData = { ...connectionTo(simulator), api_key: 'dg_revoked_key' };
    const error = errorOf(await poll({ authData }));

    expect(error.name).toBe('ExpiredAuthError');
    expect(sentenceOf(error)).toMatch(/does not accept the API key/);
  });

  it.each<[string, Fault]>([
    ['a 429', { kind: 'status', callPlaced: false, status: 429 }],
    ['a 503', { kind: 'status', callPlaced: false, status: 503 }],
    ['a 502 of a proxy', { kind: 'status', callPlaced: false, status: 502, body: '<html>' }],
    ['a reset', { kind: 'reset', callPlaced: false, moment: 'after-reading' }],
  ])('is repeated later after %s', async (_what, fault) => {
    simulator.faults.add({ on: 'runs', fault, times: Infinity });

    expect(errorOf(await poll()).name).toBe('ThrottledError');
  });

  it('is not repeated by Zapier after a 500, which a repetition rarely changes', async () => {
    const fault = { kind: 'status', callPlaced: false, status: 500 } as const;
    simulator.faults.add({ on: 'runs', fault, times: Infinity });

    expect(errorOf(await poll()).name).toBe('AppError');
  });

  it('shows its error at once while samples are loaded', async () => {
    simulator.faults.add({
      on: 'runs',
      fault: { kind: 'status', callPlaced: false, status: 503 },
      times: Infinity,
    });
    const error = errorOf(await poll({ meta: { isLoadingSample: true } }));

    expect(error.name).toBe('AppError');
    expect(sentenceOf(error)).toMatch(/answered 503.*Try again later/);
  });

  it('is repeated later if no server responds', async () => {
    const authData = { ...connectionTo(simulator), base_url: await closedPort() };

    expect(errorOf(await poll({ authData })).name).toBe('ThrottledError');
  });

  it('says that the chosen agent does not exist', async () => {
    const { uuid } = simulator.world.agents.globexSurvey;
    const error = errorOf(await poll({ inputData: { agent: uuid } }));

    expect(error.name).toBe('AppError');
    expect(sentenceOf(error)).toMatch(/There is no agent .*Choose the agents again/);
  });

  it('does not show the API key', async () => {
    const { apiKey } = simulator.world.acme;
    simulator.addRun({ initialContext: { note: `the key is ${apiKey}` } });
    const given = await poll();
    const fault = { kind: 'status', callPlaced: false, status: 429, body: { detail: apiKey } };
    simulator.faults.add({ on: 'runs', fault: fault as Fault, times: 3 });
    const refused = await poll();

    expect(runsOf(given)[0]).toMatchObject({ initial_context: { note: 'the key is [API key]' } });
    expect(refused.ok).toBe(false);
    expect(everythingIn({ given, refused })).not.toContain(apiKey);
  });
});
