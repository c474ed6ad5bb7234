import { startSimulator, type Run, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { rejectionOf } from '../../support/refusal';
import { Poller } from './poller';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let simulator: Simulator;
let poller: Poller;

beforeAll(async () => {
  // The tests decide when a call ends.
  simulator = await startSimulator({ resultsAfterMs: 0, artifactsAfterMs: 0 });
});
beforeEach(() => {
  simulator.reset();
  poller = new Poller(simulator);
});
afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
});
afterAll(() => simulator.stop());

function ago(ms: number): string {
  return new Date(Date.now() - ms).toISOString();
}

/** A call that started then and is still running. */
function ongoing(beganAgo = 0, to: Simulator = simulator): Run {
  return to.addRun({ createdAt: ago(beganAgo), endedAt: null });
}

function over(beganAgo = 0): Run {
  // At least a second: a call without a duration may be running.
  return simulator.addRun({ createdAt: ago(beganAgo), endedAt: ago(-SECOND) });
}

async function finish({ runId }: Run): Promise<void> {
  simulator.finish(runId);
  await simulator.waitFor(runId, 'results');
}

function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

describe('the first poll', () => {
  it('returns no runs that finished before, and the second poll neither', async () => {
    many(150, (index) => over(index * MINUTE));

    expect([await poller.poll(), await poller.poll()]).toEqual([[], []]);
  });

  it('remembers running calls, which are returned when they end', async () => {
    const [short, long, stuck] = [ongoing(MINUTE), ongoing(3 * HOUR), ongoing(2 * DAY)];
    await poller.poll();
    for (const run of [short, long, stuck]) await finish(run);

    expect(await poller.poll()).toEqual([long.runId, short.runId]);
    expect(await poller.poll()).toEqual([]);
  });

  it('returns the first run if there was none before', async () => {
    await poller.poll();
    const { runId } = over();

    expect(await poller.poll()).toEqual([runId]);
  });

  it.each(['', '{"version":0}', '"nonsense"', '{"version":1,"from":"x"}'])(
    'happens again if the memory cannot be read: %p',
    async (stored) => {
      over();
      poller.stored = stored || 'null';

      expect(await poller.poll()).toEqual([]);
      const { runId } = over();
      expect(await poller.poll()).toEqual([runId]);
    },
  );
});

describe('each finished run is returned once', () => {
  beforeEach(async () => {
    await poller.poll();
  });

  it('with its result, for one request per poll', async () => {
    const run = simulator.addRun({ ending: { disposition: 'busy' }, endedAt: ago(0) });
    const before = simulator.requests.length;
    await poller.poll();

    expect(simulator.requests.length - before).toBe(1);
    expect(poller.given).toMatchObject([
      {
        workflow_run_id: run.runId,
        agent_name: 'Appointment Reminder',
        status: 'completed',
        outcome: 'busy',
        disposition: 'busy',
        phone_number: run.phoneNumber,
        started_at: run.createdAt,
      },
    ]);
    expect(await poller.poll()).toEqual([]);
  });

  it('if runs end in another order than they started', async () => {
    const [first, second, third] = many(3, (index) => ongoing((3 - index) * SECOND)) as [
      Run,
      Run,
      Run,
    ];
    expect(await poller.poll()).toEqual([]);
    await finish(third);
    expect(await poller.poll()).toEqual([third.runId]);
    await finish(first);
    expect(await poller.poll()).toEqual([first.runId]);
    await finish(second);
    expect(await poller.poll()).toEqual([second.runId]);
    expect(await poller.poll()).toEqual([]);
  });

  it('if Dograh writes it after runs that started later', async () => {
    const early = over(MINUTE);
    expect(await poller.poll()).toEqual([early.runId]);
    const late = over(4 * MINUTE);

    expect(await poller.poll()).toEqual([late.runId]);
    expect(await poller.poll()).toEqual([]);
  });

  it('if it ends hours later, after hundreds of other runs', async () => {
    const long = ongoing(5 * HOUR);
    poller = new Poller(simulator);
    await poller.poll();
    many(350, (index) => over(index * SECOND));
    expect(await poller.poll()).toHaveLength(350);
    expect(await poller.poll()).toEqual([]);
    await finish(long);

    expect(await poller.poll()).toEqual([long.runId]);
    expect(await poller.poll()).toEqual([]);
  });

  it('if there are 250 between two polls, oldest first', async () => {
    const runs = many(250, (index) => over((250 - index) * SECOND));

    expect(await poller.poll()).toEqual(runs.map(({ runId }) => runId));
    expect(await poller.poll()).toEqual([]);
  });

  it('if there are 2,300 in 40 seconds, although a poll reads at most 2,000', async () => {
    const runs = many(2_300, (index) => over(40 * SECOND - index * 17));
    const before = simulator.requests.length;
    await poller.poll();
    expect(simulator.requests.length - before).toBe(21);
    for (let poll = 0; poll < 4; poll += 1) await poller.poll();

    expect(poller.ids).toEqual(runs.map(({ runId }) => runId));
  });

  it('if there are more pages than a poll reads, after days without a poll', async () => {
    over(5 * DAY);
    poller = new Poller(simulator);
    poller.maxPages = 2;
    await poller.poll();
    const runs = many(900, (index) => over(4 * DAY - index * 6 * MINUTE));
    for (let poll = 0; poll < 12; poll += 1) await poller.poll();

    expect(poller.ids).toEqual(runs.map(({ runId }) => runId));
  });

  it.each([3, 5])('if a slow Dograh cannot send all pages in time, %p s each', async (seconds) => {
    over(5 * DAY);
    poller = new Poller(simulator);
    poller.budgetMs = 20 * SECOND;
    await poller.poll();
    const runs = many(900, (index) => over(4 * DAY - index * 6 * MINUTE));
    poller.msPerRequest = seconds * SECOND;
    for (let poll = 0; poll < 12; poll += 1) await poller.poll();

    expect(poller.ids).toEqual(runs.map(({ runId }) => runId));
  });

  it('if many started at the same moment', async () => {
    poller.maxPages = 2;
    const createdAt = ago(0);
    const endedAt = ago(-SECOND);
    const runs = many(190, () => simulator.addRun({ createdAt, endedAt }));
    await poller.poll();
    await poller.poll();

    expect(poller.ids).toEqual(runs.map(({ runId }) => runId));
  });

  it('if the clocks of Dograh and of this machine differ', async () => {
    for (const clockOffsetMs of [-3 * HOUR, 3 * HOUR]) {
      const other = await startSimulator({ clockOffsetMs });
      const elsewhere = new Poller(other);
      const running = ongoing(-clockOffsetMs, other);
      await elsewhere.poll();
      const run = other.addRun();
      expect(await elsewhere.poll()).toEqual([run.runId]);
      other.finish(running.runId);
      await other.waitFor(running.runId, 'results');
      expect(await elsewhere.poll()).toEqual([running.runId]);
      expect(await elsewhere.poll()).toEqual([]);
      await other.stop();
    }
  });

  it('if many calls are long', async () => {
    const runs = many(60, (index) => ongoing(2 * HOUR + index * SECOND));
    poller = new Poller(simulator);
    await poller.poll();
    many(120, (index) => over(index * SECOND));
    await poller.poll();
    for (const run of runs) await finish(run);
    const before = simulator.requests.length;
    const given = await poller.poll();

    expect(given).toHaveLength(20);
    // One for each run, and one or two for the list.
    expect(simulator.requests.length - before).toBeLessThanOrEqual(22);
    for (let poll = 0; poll < 3; poll += 1) given.push(...(await poller.poll()));
    expect(given.sort()).toEqual(runs.map(({ runId }) => runId).sort());
  });

  it('without results, a minute after Dograh completed it', async () => {
    const other = await startSimulator({ resultsAfterMs: Infinity });
    const elsewhere = new Poller(other);
    const run = ongoing(11 * MINUTE, other);
    await elsewhere.poll();
    expect(await elsewhere.poll()).toEqual([]);
    other.finish(run.runId);
    expect(await elsewhere.poll()).toEqual([]);
    expect(await elsewhere.poll()).toEqual([run.runId]);
    expect(elsewhere.given).toMatchObject([
      { status: 'completed', outcome: 'unknown', disposition: null },
    ]);
    expect(await elsewhere.poll()).toEqual([]);
    await other.stop();
  });

  it('if the list lacks a run for a while', async () => {
    const [first, second] = [over(2 * SECOND), over(SECOND)];
    await poller.poll();
    const all = simulator.runs as Run[];
    all.splice(all.indexOf(second), 1);
    await poller.poll();
    all.push(second);
    await poller.poll();

    expect(poller.ids).toEqual([first.runId, second.runId]);
  });
});

describe('each finished run is returned once by an unreliable Dograh', () => {
  beforeEach(async () => {
    await poller.poll();
  });

  it('if the list lacks the first run for a while', async () => {
    const runs = many(3, (index) => over((10 - index) * SECOND));
    const ids = runs.map(({ runId }) => runId);
    await poller.poll();
    const all = simulator.runs as Run[];
    const [first] = runs;
    if (first === undefined) throw new Error('No run.');
    all.splice(all.indexOf(first), 1);
    await poller.poll();
    all.unshift(first);
    await poller.poll();

    expect(poller.ids).toEqual(ids);
  });

  it('if the list lacks a running call for a while', async () => {
    const run = ongoing(30 * MINUTE);
    poller = new Poller(simulator);
    await poller.poll();
    const all = simulator.runs as Run[];
    all.splice(all.indexOf(run), 1);
    await poller.poll();
    all.push(run);
    await finish(run);
    await poller.poll();

    expect(poller.ids).toEqual([run.runId]);
  });

  it('after the end of the call, although its disposition is known before', async () => {
    const run = ongoing(2 * MINUTE);
    simulator.noteDisposition(run.runId, 'qualified');
    expect(await poller.poll()).toEqual([]);
    await finish(run);
    await poller.poll();

    expect(poller.ids).toEqual([run.runId]);
    expect(poller.given[0]?.duration_seconds).toBeGreaterThanOrEqual(120);
  });

  describe('with its duration, although it is completed before', () => {
    let late: Simulator;
    let elsewhere: Poller;
    let runId: number;

    beforeEach(async () => {
      late = await startSimulator({ resultsAfterMs: Infinity });
      elsewhere = new Poller(late);
      ({ runId } = ongoing(2 * MINUTE, late));
      await elsewhere.poll();
      late.noteDisposition(runId, 'qualified');
      late.finish(runId);
    });
    afterEach(async () => {
      expect(late.contractViolations).toEqual([]);
      await late.stop();
    });

    it('as soon as that is written', async () => {
      expect(await elsewhere.poll()).toEqual([]);
      late.writeResults(runId);

      expect(await elsewhere.poll()).toEqual([runId]);
      expect(elsewhere.given[0]?.duration_seconds).toBeGreaterThanOrEqual(120);
      expect(await elsewhere.poll()).toEqual([]);
    });

    it('or without it a minute later', async () => {
      expect(await elsewhere.poll()).toEqual([]);

      expect(await elsewhere.poll()).toEqual([runId]);
      expect(elsewhere.given).toMatchObject([{ disposition: 'qualified', duration_seconds: 0 }]);
    });

    it('or without it if it started long ago and the host lost the last check', async () => {
      const [run] = late.runs as Run[];
      if (run === undefined) throw new Error('No run.');
      run.createdAt = ago(2 * HOUR);
      elsewhere.stored = JSON.stringify({
        ...(JSON.parse(elsewhere.stored) as object),
        pending: { [runId]: [Math.floor((Date.now() - 2 * HOUR) / SECOND)] },
      });

      expect(await elsewhere.poll()).toEqual([runId]);
    });
  });

  it('immediately if it lasted 0 seconds', async () => {
    const run = ongoing(2 * MINUTE);
    await poller.poll();
    simulator.finish(run.runId, { durationSeconds: 0 });
    await simulator.waitFor(run.runId, 'results');

    expect(await poller.poll()).toEqual([run.runId]);
  });

  it('after a 404 for a long call that is in the list', async () => {
    const run = ongoing(2 * HOUR);
    poller = new Poller(simulator);
    await poller.poll();
    simulator.faults.add({
      on: 'run',
      fault: {
        kind: 'status',
        callPlaced: false,
        status: 404,
        body: { detail: 'Workflow run not found' },
      },
    });
    await poller.poll();
    await finish(run);

    expect(await poller.poll()).toEqual([run.runId]);
  });

  it('if it was running when polling stopped for more than a week', async () => {
    const run = ongoing(8 * DAY + 30 * MINUTE);
    poller.stored = JSON.stringify({
      ...(JSON.parse(poller.stored) as object),
      from: Date.now() - 8 * DAY,
      pending: { [run.runId]: [Math.floor((Date.now() - 8 * DAY - 30 * MINUTE) / 1000)] },
    });
    await finish(run);
    many(350, (index) => over(index * SECOND));

    expect(await poller.poll()).toContain(run.runId);
  });

  it('after Dograh’s clock was ahead and was corrected', async () => {
    poller.stored = JSON.stringify({
      ...(JSON.parse(poller.stored) as object),
      from: Date.now() + 6 * HOUR,
    });
    await poller.poll();
    const { runId } = simulator.addRun({ createdAt: ago(-2 * SECOND), endedAt: ago(-3 * SECOND) });

    expect(await poller.poll()).toEqual([runId]);
  });
});

describe('a poll that fails', () => {
  it('changes nothing, and the next one returns everything', async () => {
    await poller.poll();
    const run = over();
    const before = poller.stored;
    simulator.faults.add({
      on: 'runs',
      fault: { kind: 'status', callPlaced: false, status: 503 },
      times: 3,
    });
    const error = await rejectionOf(poller.poll());

    expect(error).toMatchObject({ kind: 'Server', status: 503 });
    expect(poller.stored).toBe(before);
    expect(await poller.poll()).toEqual([run.runId]);
  });

  it('in the middle of many pages returns no runs, and the next one all', async () => {
    await poller.poll();
    const runs = many(350, (index) => over((350 - index) * 500));
    const stop = simulator.onRequest(({ query }) => {
      if (query['page'] !== '2') return;
      stop();
      simulator.faults.add({
        on: 'runs',
        fault: { kind: 'reset', callPlaced: false, moment: 'after-reading' },
        times: 3,
      });
    });
    expect(await rejectionOf(poller.poll())).toMatchObject({ kind: 'Network' });
    expect(poller.given).toEqual([]);

    expect(await poller.poll()).toEqual(runs.map(({ runId }) => runId));
  });

  it('explains that the key is wrong', async () => {
    await poller.poll();
    simulator.world.acme.apiKey = 'dg_revoked_0123456789';
    const client = clientTo(simulator.url, { apiKey: 'dg_wrong_0123456789' });
    const error = await rejectionOf(
      client.pollFinishedRuns({
        poller: 'wrong key',
        memory: { read: () => JSON.parse(poller.stored) as unknown, write: () => undefined },
        filters: {},
      }),
    );

    expect(error).toMatchObject({ kind: 'Authentication', status: 401 });
    expect(error.fullMessage).not.toContain('dg_wrong_0123456789');
  });

  it('does not happen if only one long call cannot be read', async () => {
    const long = ongoing(2 * HOUR);
    await poller.poll();
    const run = over();
    simulator.faults.add({
      on: 'run',
      fault: { kind: 'status', callPlaced: false, status: 500 },
      times: 3,
    });
    expect(await poller.poll()).toEqual([run.runId]);
    await finish(long);

    expect(await poller.poll()).toEqual([long.runId]);
  });
});

describe('two polls at the same time', () => {
  it('return each run once: the second is skipped', async () => {
    await poller.poll();
    const { runId } = over();
    simulator.faults.add({
      on: 'runs',
      fault: { kind: 'latency', callPlaced: true, ms: 100, delayed: 'answer' },
    });
    const [one, other] = await Promise.all([poller.poll(), poller.poll()]);

    expect([one, other]).toEqual([[runId], []]);
    expect(await poller.poll()).toEqual([]);
  });

  it('return each run once if the second one has the memory from before the first one', async () => {
    await poller.poll();
    const { stored } = poller;
    const { runId } = over();
    expect(await poller.poll()).toEqual([runId]);
    poller.clock.advance(-MINUTE);
    poller.stored = stored;

    expect(await poller.poll()).toEqual([]);
    // The host dropped the results of the first one. So they are returned again.
    expect(await poller.poll()).toEqual([runId]);
  });

  it('do not delay another trigger', async () => {
    const second = new Poller(simulator);
    await Promise.all([poller.poll(), second.poll()]);
    const { runId } = over();

    expect(await Promise.all([poller.poll(), second.poll()])).toEqual([[runId], [runId]]);
  });
});

describe('filters', () => {
  const from = async (filters: Poller['filters']): Promise<number[]> => {
    poller = new Poller(simulator, filters);
    await poller.poll();
    const { leadQualifier } = simulator.world.agents;
    simulator.addRun({ agent: leadQualifier, createdAt: ago(5000) });
    simulator.addRun({ direction: 'inbound', createdAt: ago(4000) });
    simulator.addRun({ ending: { disposition: 'busy' }, createdAt: ago(3000) });
    simulator.addRun({ ending: { disposition: 'failed' }, createdAt: ago(2000) });
    simulator.addRun({ ending: { mappedDisposition: 'XFER' }, createdAt: ago(1000) });
    return poller.poll();
  };
  const uuidOf = (agent: 'leadQualifier' | 'archived' | 'appointmentReminder'): string =>
    simulator.world.agents[agent].uuid;

  it.each<[string, () => Poller['filters'], number[]]>([
    [
      'none',
      () => ({ agents: [], direction: ' ', dispositions: ' ', status: null }),
      [1, 2, 3, 4, 5],
    ],
    ['one agent', () => ({ agents: [uuidOf('leadQualifier').toUpperCase()] }), [1]],
    [
      'two agents',
      () => ({ agents: [uuidOf('leadQualifier'), uuidOf('appointmentReminder')] }),
      [1, 2, 3, 4, 5],
    ],
    ['inbound', () => ({ direction: 'inbound' }), [2]],
    ['outbound', () => ({ direction: 'outbound' }), [1, 3, 4, 5]],
    ['dispositions', () => ({ dispositions: 'BUSY, xfer ,' }), [3, 5]],
    ['a list of them', () => ({ dispositions: ['User_Hangup'] }), [1, 2, 5]],
    ['failed', () => ({ status: 'failed' }), [4]],
    ['completed', () => ({ status: 'completed' }), [1, 2, 3, 5]],
    ['several', () => ({ status: 'completed', dispositions: 'failed' }), []],
  ])('%s', async (_what, filters, numbers) => {
    expect(await from(filters())).toEqual(numbers.map((number) => 1000 + number));
    expect(await poller.poll()).toEqual([]);
  });

  it.each<[Poller['filters'], string]>([
    [{ direction: 'sideways' }, 'Direction must be inbound or outbound, not "sideways".'],
    [{ status: 'initiated' }, 'Status must be completed or failed, not "initiated".'],
    [
      { dispositions: [true] },
      'Disposition must be a list of texts, not a list with other values.',
    ],
    [{ agents: ['nobody'] }, 'There is no agent with the Agent UUID "nobody"'],
  ])('reject %j', async (filters, message) => {
    poller.filters = filters;

    expect((await rejectionOf(poller.poll())).message).toContain(message);
  });

  it('return new runs but no old ones after a change', async () => {
    poller.filters = { direction: 'inbound' };
    const running = ongoing(MINUTE);
    await poller.poll();
    const { stored } = poller;
    over(20 * SECOND);
    const answered = simulator.addRun({ direction: 'inbound', createdAt: ago(10 * SECOND) });
    // n8n stores the memory only if a poll returned something.
    poller.stored = stored;
    poller.filters = {};
    expect(await poller.poll()).toEqual([answered.runId]);
    await finish(running);
    const { runId } = over();

    expect(await poller.poll()).toEqual([running.runId, runId]);
  });

  it('return no unmatched old runs even if reading them takes several polls', async () => {
    poller.filters = { direction: 'inbound' };
    await poller.poll();
    many(350, (index) => over(index * SECOND));
    poller.filters = {};
    poller.maxPages = 2;
    for (let polls = 0; polls < 5; polls += 1) expect(await poller.poll()).toEqual([]);
    const { runId } = over();

    expect(await poller.poll()).toEqual([runId]);
  });

  it('continue for an agent that was archived, with one request for all agents', async () => {
    poller.filters = { agents: [uuidOf('leadQualifier')] };
    await poller.poll();
    const { leadQualifier } = simulator.world.agents;
    const { runId } = simulator.addRun({ agent: leadQualifier });
    leadQualifier.status = 'archived';

    expect(await poller.poll()).toEqual([runId]);
    expect(simulator.requests.filter(({ path }) => path.includes('workflow/fetch'))).toHaveLength(
      1,
    );
  });
});

describe('the memory of a host', () => {
  it('is small after 10,000 runs, half of which never end', async () => {
    over(4 * DAY);
    await poller.poll();
    poller = new Poller(simulator);
    await poller.poll();
    const all = simulator.runs as Run[];
    let given = 0;
    for (let batch = 0; batch < 10; batch += 1) {
      // For speed, the simulator drops the runs that no poll needs.
      all.splice(0, all.length - 1);
      const beganAgo = 3 * DAY - batch * HOUR;
      many(1_000, (index) =>
        index % 2 === 0 ? over(beganAgo - index * 100) : ongoing(beganAgo - index * 100),
      ).forEach((run, index) => {
        run.runId = 4_000_000_000 + batch * 1_000 + index;
      });
      given += (await poller.poll()).length;
      expect(poller.stored.length).toBeLessThan(50_000);
    }

    expect(given).toBe(5_000);
  });

  it('does not change without new runs', async () => {
    ongoing();
    over();
    await poller.poll();
    const { stored } = poller;
    await poller.poll();

    expect(poller.stored).toBe(stored);
  });

  it('contains no API key, even if it was pasted into a filter', async () => {
    const { apiKey } = simulator.world.acme;
    poller.filters = { dispositions: apiKey };
    over();
    await poller.poll();
    await poller.poll();

    expect(poller.stored).toContain('[API key]');
    expect(poller.stored.toLowerCase()).not.toContain(apiKey.toLowerCase());
  });
});

describe('the latest finished run', () => {
  const client = () => clientTo(simulator.url, { apiKey: simulator.world.acme.apiKey });

  it('is the newest one that matches the filters', async () => {
    const busy = simulator.addRun({ ending: { disposition: 'busy' }, createdAt: ago(DAY) });
    many(120, (index) => over(index * SECOND));
    ongoing();

    expect((await client().latestFinishedRun({}))?.workflow_run_id).toBe(1002);
    expect((await client().latestFinishedRun({ dispositions: 'busy' }))?.workflow_run_id).toBe(
      busy.runId,
    );
  });

  it('is a call that may be running only if there is no other', async () => {
    const older = over(2 * DAY);
    many(120, (index) => simulator.noteDisposition(ongoing(index * SECOND).runId, 'qualified'));
    const newest = 1002;

    expect((await client().latestFinishedRun({}))?.workflow_run_id).toBe(older.runId);
    expect((await client().latestFinishedRun({ dispositions: 'qualified' }))?.workflow_run_id).toBe(
      newest,
    );
  });

  it('is undefined if there is none, or only an old one', async () => {
    expect(await client().latestFinishedRun({})).toBeUndefined();
    simulator.addRun({ ending: { disposition: 'busy' }, createdAt: ago(DAY) });
    many(300, (index) => over(index * SECOND));
    const before = simulator.requests.length;

    expect(await client().latestFinishedRun({ dispositions: 'busy' })).toBeUndefined();
    expect(simulator.requests.length - before).toBe(3);
  });
});
