import type { Trigger } from 'zapier-platform-core';
import { hurryWaits } from '../support/hurry';
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

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

hurryWaits();
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ resultsAfterMs: 0, artifactsAfterMs: 0 });
});
beforeEach(() => {
  simulator.reset();
});
afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
  expect(simulator.callRequests).toEqual([]);
});
afterAll(() => simulator.stop());

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
const over = (beganAgo = MINUTE): Run => simulator.addRun({ createdAt: ago(beganAgo) });
const ongoing = (beganAgo = MINUTE): Run =>
  simulator.addRun({ createdAt: ago(beganAgo), endedAt: null });

/** So much time goes by for all runs. */
function pass(ms: number): void {
  for (const run of simulator.runs) {
    run.createdAt = new Date(Date.parse(run.createdAt) - ms).toISOString();
  }
}

async function finish({ runId }: Run): Promise<void> {
  simulator.finish(runId);
  await simulator.waitFor(runId, 'results');
}

/** A Zap: Zapier keeps the IDs that it has seen, those of the first poll unseen by anybody. */
class Zap {
  readonly #seen = new Set<unknown>();
  readonly started: unknown[] = [];

  async turnOn(): Promise<this> {
    for (const { id } of runsOf(await poll({ meta: { isPopulatingDedupe: true } }))) {
      this.#seen.add(id);
    }
    return this;
  }

  async poll(): Promise<unknown[]> {
    const fresh = runsOf(await poll())
      .map(({ id }) => id)
      .filter((id) => !this.#seen.has(id));
    for (const id of fresh) this.#seen.add(id);
    this.started.push(...fresh);
    return fresh;
  }
}

describe('Call Completed starts a Zap once for each call', () => {
  it('that ended since, and for none that had ended before', async () => {
    over();
    const zap = await new Zap().turnOn();
    expect(await zap.poll()).toEqual([]);
    const [older, newer] = [over(2 * SECOND), over(SECOND)];

    expect(await zap.poll()).toEqual([newer.runId, older.runId]);
    expect(await zap.poll()).toEqual([]);
  });

  it('that ends hours after others that began later', async () => {
    const long = ongoing(23 * HOUR);
    const zap = await new Zap().turnOn();
    for (let hours = 20; hours > 10; hours -= 1) over(hours * HOUR);
    expect(await zap.poll()).toHaveLength(10);
    const short = ongoing(HOUR);
    over(MINUTE);
    expect(await zap.poll()).toHaveLength(1);
    await finish(short);
    expect(await zap.poll()).toEqual([short.runId]);
    await finish(long);

    expect(await zap.poll()).toEqual([long.runId]);
    expect(await zap.poll()).toEqual([]);
  });

  it('that is over, and not yet while its agent has only decided how it will end', async () => {
    const run = ongoing(5 * MINUTE);
    const zap = await new Zap().turnOn();
    simulator.noteDisposition(run.runId, 'qualified');
    expect(await zap.poll()).toEqual([]);
    pass(3 * MINUTE);
    expect(await zap.poll()).toEqual([]);
    await finish(run);

    expect(await zap.poll()).toEqual([run.runId]);
    expect(runsOf(await poll())[0]?.['duration_seconds']).toBeGreaterThanOrEqual(300);
    expect(await zap.poll()).toEqual([]);
  });

  it('of 20 that were over as soon as they were answered, for one request more a poll', async () => {
    const zap = await new Zap().turnOn();
    for (let count = 1; count <= 20; count += 1) {
      const createdAt = ago(count * MINUTE);
      simulator.addRun({ createdAt, ending: { durationSeconds: 0 } });
    }
    expect(await zap.poll()).toHaveLength(20);
    const before = simulator.requests.length;
    expect(await zap.poll()).toEqual([]);
    expect(simulator.requests.length - before).toBe(2);
    pass(HOUR);

    expect(await zap.poll()).toEqual([]);
    expect(simulator.requests.length - before).toBe(3);
  });

  it('of 250 that end between two polls, in another order than they began', async () => {
    const zap = await new Zap().turnOn();
    const running = Array.from({ length: 250 }, (_, index) => ongoing(index * MINUTE));
    expect(await zap.poll()).toEqual([]);
    for (const run of running.filter((_, index) => index % 3 === 0)) await finish(run);
    await zap.poll();
    for (const run of running.filter((_, index) => index % 3 !== 0)) await finish(run);
    over();
    await zap.poll();
    await zap.poll();

    const finished = simulator.runs.map(({ runId }) => runId);
    expect(zap.started).toHaveLength(251);
    expect(zap.started.toSorted()).toEqual(finished.toSorted());
  });

  it('also after a poll that could not read everything', async () => {
    for (let count = 1; count <= 150; count += 1) over(count * MINUTE);
    const zap = new Zap();
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
    expect(await zap.poll()).toHaveLength(150);
  });
});

describe('Call Completed gives', () => {
  it('a call with what came of it', async () => {
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

  it('the keys of its sample, which are those of its output fields', async () => {
    over();
    const [run = {}] = runsOf(await poll());
    const { triggers } = builtApp() as unknown as { triggers: { call_completed: Trigger } };
    const { sample = {}, outputFields = [] } = triggers.call_completed.operation;

    expect(Object.keys(run)).toEqual(Object.keys(sample));
    expect((outputFields as { key: string }[]).map(({ key }) => key).toSorted()).toEqual(
      Object.keys(sample).toSorted(),
    );
  });

  it.each<[string, ZapierRun['inputData'], number[]]>([
    ['of one direction', { direction: 'inbound' }, [1003]],
    ['with a disposition', { disposition: ' Busy ' }, [1002]],
    ['with one of several', { disposition: 'busy,user_hangup' }, [1003, 1002, 1001]],
    ['of all, where nothing is chosen', { agent: '', direction: null }, [1003, 1002, 1001]],
    ['that fit everything', { direction: 'outbound', disposition: 'user_hangup' }, [1001]],
  ])('the calls %s', async (_what, inputData, ids) => {
    simulator.addRun({ createdAt: ago(3 * MINUTE) });
    simulator.addRun({ createdAt: ago(2 * MINUTE), ending: { disposition: 'busy' } });
    simulator.addRun({ createdAt: ago(MINUTE), direction: 'inbound' });

    expect(await idsOf(inputData)).toEqual(ids);
  });

  it('the calls of the agent that was chosen', async () => {
    const { leadQualifier: agent } = simulator.world.agents;
    over();
    const { runId } = simulator.addRun({ agent });

    expect(await idsOf({ agent: agent.uuid })).toEqual([runId]);
  });

  it.each(['isLoadingSample', 'isFillingDynamicDropdown'])(
    'samples out of one request (%s)',
    async (why) => {
      for (let count = 1; count <= 250; count += 1) over(count * MINUTE);

      expect(runsOf(await poll({ meta: { [why]: true } }))).toHaveLength(100);
      expect(simulator.requests).toHaveLength(1);
    },
  );
});

describe('when Call Completed cannot ask', () => {
  it('a key that is not accepted makes Zapier ask for a new connection', async () => {
    const authData = { ...connectionTo(simulator), api_key: 'dg_revoked_key' };
    const error = errorOf(await poll({ authData }));

    expect(error.name).toBe('ExpiredAuthError');
    expect(sentenceOf(error)).toMatch(/does not accept the API key/);
  });

  it.each<[string, Fault]>([
    ['a 429', { kind: 'status', callPlaced: false, status: 429 }],
    ['a 500', { kind: 'status', callPlaced: false, status: 500 }],
    ['a 502 of a proxy', { kind: 'status', callPlaced: false, status: 502, body: '<html>' }],
    ['a reset', { kind: 'reset', callPlaced: false, moment: 'after-reading' }],
  ])('Zapier polls again later after %s', async (_what, fault) => {
    simulator.faults.add({ on: 'runs', fault, times: Infinity });

    expect(errorOf(await poll()).name).toBe('ThrottledError');
  });

  it('somebody who asks for samples reads why at once', async () => {
    simulator.faults.add({
      on: 'runs',
      fault: { kind: 'status', callPlaced: false, status: 500 },
      times: Infinity,
    });
    const error = errorOf(await poll({ meta: { isLoadingSample: true } }));

    expect(error.name).toBe('AppError');
    expect(sentenceOf(error)).toMatch(/answered 500.*Try again later/);
  });

  it('Zapier polls again later where nothing answers', async () => {
    const authData = { ...connectionTo(simulator), base_url: await closedPort() };

    expect(errorOf(await poll({ authData })).name).toBe('ThrottledError');
  });

  it('says that an agent is not there any more', async () => {
    const { uuid } = simulator.world.agents.globexSurvey;
    const error = errorOf(await poll({ inputData: { agent: uuid } }));

    expect(error.name).toBe('AppError');
    expect(sentenceOf(error)).toMatch(/There is no agent .*Choose the agents again/);
  });

  it('shows the key nowhere', async () => {
    const { apiKey } = simulator.world.acme;
    simulator.addRun({ initialContext: { note: `the key is ${apiKey}` } });
    const given = await poll();
    const fault = { kind: 'status', callPlaced: false, status: 500, body: { detail: apiKey } };
    simulator.faults.add({ on: 'runs', fault: fault as Fault, times: 3 });
    const refused = await poll();

    expect(runsOf(given)[0]).toMatchObject({ initial_context: { note: 'the key is [API key]' } });
    expect(refused.ok).toBe(false);
    expect(everythingIn({ given, refused })).not.toContain(apiKey);
  });
});
