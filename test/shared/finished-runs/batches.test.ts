import { startSimulator, type PastRun, type Run, type Simulator } from '../../../tools/simulator';
import { rejectionOf } from '../../support/refusal';
import { Batches } from './batches';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

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

const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();
const running = (beganAgo: number): Run =>
  simulator.addRun({ createdAt: ago(beganAgo), endedAt: null });
const idOf = ({ runId }: Run): number => runId;

/** Runs that began one second after the other, and ended. Returns their IDs, oldest first. */
function past(count: number, lastBeganAgo = 10 * MINUTE, more: PastRun = {}): number[] {
  return Array.from({ length: count }, (_, index) => {
    const beganAgo = lastBeganAgo + (count - 1 - index) * SECOND;
    const endedAt = ago(beganAgo - 20 * SECOND);
    return simulator.addRun({ createdAt: ago(beganAgo), endedAt, ...more }).runId;
  });
}

async function end({ runId }: Run): Promise<void> {
  simulator.finish(runId);
  await simulator.waitFor(runId, 'results');
}

async function started(): Promise<Batches> {
  const batches = new Batches(simulator);
  await batches.first();
  return batches;
}

function positionOf({ stored }: Batches): { open: readonly [number, number][] } {
  return JSON.parse(stored) as { open: [number, number][] };
}

/** Another host that continues at the same position, but has not seen any run. */
function continued({ stored }: Batches): Batches {
  return Object.assign(new Batches(simulator), { stored });
}

describe('batches of finished runs', () => {
  it('contain the oldest 49 new runs, newest first', async () => {
    const batches = await started();
    const ids = past(120);

    expect(await batches.next()).toEqual(ids.slice(0, 49).toReversed());
    expect(await batches.next()).toEqual(ids.slice(49, 98).toReversed());
    expect(await batches.next()).toEqual(ids.slice(98).toReversed());
    expect(await batches.next()).toEqual([]);
  });

  it('contain the runs of the last day if there is no position', async () => {
    past(5, 25 * HOUR);
    const ids = past(60, 20 * HOUR);
    const batches = new Batches(simulator);
    await batches.catchUp();

    expect(batches.handled).toEqual(ids);
  });

  it('do not start again while nothing changes', async () => {
    const ids = past(400);
    const batches = await started();
    const given = await continued(batches).next();

    expect(given).toContain(ids.at(-1));
    expect(given).not.toContain(ids[0]);
  });

  it.each<[string, (batches: Batches) => void]>([
    ['other filters', (batches) => (batches.filters = { direction: 'outbound' })],
    ['another API key', (batches) => (batches.organization = 'globex')],
  ])('start a day ago with %s', async (_what, change) => {
    const { appointmentReminder, globexSurvey } = simulator.world.agents;
    const ids = [appointmentReminder, globexSurvey].map((agent) => past(400, HOUR, { agent }));
    const batches = continued(await started());
    change(batches);
    const [oldest] = batches.organization === 'globex' ? ids.slice(1) : ids;

    expect(await batches.next()).toEqual(oldest?.slice(0, 49).toReversed());
  });

  it.each(['null', '"text"', '[]', '{}'])('start a day ago if %s is stored', async (text) => {
    const ids = past(400);
    const batches = continued(await started());
    batches.stored = text;

    expect(await batches.next()).toEqual(ids.slice(0, 49).toReversed());
  });

  it.each<object>([
    { version: 2 },
    { last: [7] },
    { from: null },
    { open: [[1]] },
    { returned: ['1'] },
  ])('start a day ago if the stored position has %j', async (part) => {
    const ids = past(400);
    const batches = continued(await started());
    batches.stored = JSON.stringify({ ...positionOf(batches), ...part });

    expect(await batches.next()).toEqual(ids.slice(0, 49).toReversed());
  });

  it('start a day ago if Dograh corrects its clock, which was ahead', async () => {
    const batches = await started();
    const ahead = Date.now() + HOUR;
    batches.stored = JSON.stringify({ ...positionOf(batches), last: [1, ahead], from: ahead });
    const ids = past(2);

    expect(await batches.next()).toEqual(ids.toReversed());
  });

  it('contain a run that Dograh writes two minutes late, even if it ends much later', async () => {
    const batches = await started();
    past(30, SECOND);
    await batches.next();
    const late = running(2 * MINUTE);
    await batches.next();
    past(300, SECOND);
    await batches.catchUp();
    await end(late);

    expect(await batches.next()).toEqual([idOf(late)]);
  });

  it('contain runs without a result, although every check needs a request', async () => {
    const batches = await started();
    const stuck = Array.from({ length: 15 }, () => running(HOUR));
    const ids = past(60, 10 * MINUTE, { ending: { withoutResults: true } });
    for (let batch = 1; batch <= 20; batch += 1) await batches.next();

    expect(batches.handled.toSorted()).toEqual(ids);
    expect(Math.max(...batches.requests)).toBeLessThanOrEqual(12);
    for (const run of stuck) await end(run);
    await batches.next();
    expect(batches.handled.slice(60)).toEqual(stuck.map(idOf));
  });

  it('check no run without a result again after it was returned twice', async () => {
    const batches = await started();
    const ids = past(5, 30 * MINUTE, { ending: { withoutResults: true } });
    const later = past(20);
    for (let batch = 1; batch <= 5; batch += 1) await batches.next();

    expect(batches.handled).toEqual([...ids, ...later]);
    expect(batches.requests.slice(-5)).toEqual([6, 6, 1, 1, 1]);
  });

  it('contain at first the newest 20 runs without a result', async () => {
    const ids = past(25, 10 * MINUTE, { ending: { withoutResults: true } });

    expect(await new Batches(simulator).first()).toEqual(ids.slice(5).toReversed());
  });

  it.each<[string, PastRun]>([
    ['calls', {}],
    ['calls of 0 seconds', { ending: { durationSeconds: 0 } }],
    ['calls without a result', { ending: { withoutResults: true } }],
  ])('repeat %s of a lost batch', async (_what, more) => {
    const batches = await started();
    const ids = past(5, 20 * MINUTE, more);
    past(300);
    await batches.lose();

    expect(await batches.next()).toEqual(expect.arrayContaining(ids));
  });

  it('repeat a long call of a lost batch', async () => {
    const batches = await started();
    const long = running(10 * HOUR);
    past(300);
    await batches.catchUp();
    await end(long);
    await batches.lose();

    expect(await batches.next()).toEqual([idOf(long)]);
  });

  it('continue after a run that Dograh deleted', async () => {
    const batches = await started();
    const deleted = running(10 * HOUR);
    const long = running(9 * HOUR);
    past(300);
    await batches.catchUp();
    deleted.organizationId = -1;
    await end(long);
    await batches.catchUp();

    expect(batches.handled).toContain(long.runId);
  });

  it('need a bounded position', async () => {
    const batches = await started();
    for (let index = 0; index < 600; index += 1) running(10 * HOUR + index * SECOND);
    past(300);
    for (let batch = 1; batch <= 12; batch += 1) await batches.next();

    expect(batches.handled).toHaveLength(300);
    expect(positionOf(batches).open).toHaveLength(300);
    expect(batches.stored.length).toBeLessThan(8_000);
  });

  it('do not wait for a run for more than a day', async () => {
    const run = running(23 * HOUR);
    past(300);
    const batches = await started();
    expect(positionOf(batches).open.map(([id]) => id)).toEqual([idOf(run)]);
    const dayAgo = Math.floor(Date.now() / SECOND) - 25 * 60 * 60;
    batches.stored = JSON.stringify({ ...positionOf(batches), open: [[idOf(run), dayAgo]] });
    await batches.next();

    expect(positionOf(batches).open).toEqual([]);
  });

  describe('of a slow Dograh', () => {
    it.each([1, 2, 4, 7])('contain each run, at %p s per request', async (seconds) => {
      const batches = await started();
      const long = running(10 * HOUR);
      const ids = past(400);
      await batches.next();
      batches.msPerRequest = seconds * SECOND;
      // Some batches only read on.
      for (let batch = 1; batch <= 30; batch += 1) await batches.next();
      await end(long);
      for (let batch = 1; batch <= 5; batch += 1) await batches.next();

      expect(batches.handled.toSorted()).toEqual([...ids, idOf(long)].toSorted());
    });

    it('contain the new runs on the newest page if nothing else can be read', async () => {
      past(400);
      const batches = await started();
      batches.msPerRequest = 11 * SECOND;
      const ids = past(20, MINUTE);

      expect(await batches.next()).toEqual(ids.toReversed());
      expect(batches.requests.at(-1)).toBe(1);
    });

    it('are an error if the new runs cannot be read, and contain them later', async () => {
      const batches = await started();
      const ids = past(400);
      batches.msPerRequest = 11 * SECOND;
      const { stored } = batches;

      expect(await rejectionOf(batches.next())).toMatchObject({ kind: 'Network', retryable: true });
      expect(batches.stored).toBe(stored);
      batches.msPerRequest = 0;
      await batches.catchUp();
      expect(batches.handled).toEqual(ids);
    });
  });
});
