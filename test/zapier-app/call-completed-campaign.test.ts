import { hurryWaits } from '../support/host-time';
import { startSimulator, type PastRun, type Run, type Simulator } from '../../tools/simulator';
import { sentenceOf } from '../../tools/hosts/zapier/host';
import { runInZapier, type ZapierRun } from '../../tools/hosts/zapier/runtime';
import { connectionTo, runsOf } from '../../tools/hosts/zapier/step';
import { startCursors, Zap, type Cursors } from './zap';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Zapier holds the runs of a Zap if a poll has this many new calls. */
const HELD_FROM = 100;

hurryWaits();
let simulator: Simulator;
let cursors: Cursors;

beforeAll(async () => {
  simulator = await startSimulator({ resultsAfterMs: 0, artifactsAfterMs: 0 });
  cursors = await startCursors();
});
beforeEach(() => {
  simulator.reset();
  cursors.error = undefined;
});
afterEach(() => {
  expect(simulator.contractViolations).toEqual([]);
  expect(simulator.callRequests).toEqual([]);
});
afterAll(async () => {
  await simulator.stop();
  await cursors.stop();
});

const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();

function zapOf(inputData: ZapierRun['inputData'] = {}): Zap {
  return new Zap(cursors, { authData: connectionTo(simulator), inputData });
}

/** Calls that began one second after the other, the last one at this time, and ended. Returns their IDs, oldest first. */
function calls(count: number, lastBeganAgo = 2 * MINUTE, more: PastRun = {}): number[] {
  return Array.from({ length: count }, (_, index) => {
    const beganAgo = lastBeganAgo + (count - 1 - index) * SECOND;
    const createdAt = ago(beganAgo);
    return simulator.addRun({ createdAt, endedAt: ago(beganAgo - 20 * SECOND), ...more }).runId;
  });
}

async function end({ runId }: Run): Promise<void> {
  simulator.finish(runId);
  await simulator.waitFor(runId, 'results');
}

const sorted = (ids: readonly unknown[]): readonly unknown[] => ids.toSorted();

describe('Call Completed during a campaign', () => {
  it('starts a Zap once for each of 3,000 calls that end between two polls', async () => {
    calls(20, HOUR);
    const zap = await zapOf().turnOn();
    const ids = calls(3_000);
    const before = simulator.requests.length;
    const polls = await zap.catchUp();

    expect(sorted(zap.started)).toEqual(sorted(ids));
    expect(Math.max(...zap.fresh)).toBeLessThan(HELD_FROM);
    expect(polls).toBe(62);
    expect((simulator.requests.length - before) / polls).toBeLessThan(8);
    expect(cursors.stored.get(zap.key)?.length).toBeLessThan(2_000);
  });

  it('starts a Zap for calls that end meanwhile after the older ones, and for each one', async () => {
    const zap = await zapOf().turnOn();
    const ids = calls(600, 20 * MINUTE);
    for (let poll = 1; poll <= 20; poll += 1) {
      await zap.poll();
      ids.push(...calls(25, (20 - poll) * MINUTE + SECOND));
    }
    await zap.catchUp();

    expect(zap.started).toHaveLength(1_100);
    expect(sorted(zap.started)).toEqual(sorted(ids));
    expect(Math.max(...zap.fresh)).toBeLessThan(HELD_FROM);
    const place = (id: number | undefined): number => zap.started.indexOf(id);
    // Of each poll, the newest comes first. So a call may come one poll earlier than an older one.
    expect(place(ids.at(0))).toBeLessThan(50);
    expect(place(ids.at(-1))).toBeGreaterThan(1_000);
  });

  it('starts a Zap for calls that end hours after a thousand newer ones', async () => {
    const zap = await zapOf().turnOn();
    const long = Array.from({ length: 30 }, (_, index) =>
      simulator.addRun({ createdAt: ago(10 * HOUR - index * 10 * MINUTE), endedAt: null }),
    );
    const ids = calls(1_000);
    await zap.catchUp();
    expect(sorted(zap.started)).toEqual(sorted(ids));
    for (const run of long) await end(run);
    for (let poll = 1; poll <= 20; poll += 1) await zap.poll();

    expect(sorted(zap.started.slice(1_000))).toEqual(sorted(long.map(({ runId }) => runId)));
  });

  it('misses no call if a response never reaches Zapier', async () => {
    const zap = await zapOf().turnOn();
    const long = simulator.addRun({ createdAt: ago(10 * HOUR), endedAt: null });
    const ids = calls(500);
    await zap.poll();
    await end(long);
    await zap.loseResponse();
    await zap.catchUp();

    expect(sorted(zap.started)).toEqual(sorted([...ids, long.runId]));
    expect(Math.max(...zap.fresh)).toBeLessThan(HELD_FROM);
  });

  it('misses no call if Zapier loses what the Zap stored', async () => {
    calls(50, 3 * HOUR);
    const zap = await zapOf().turnOn();
    const ids = calls(500);
    await zap.poll();
    await zap.poll();
    zap.forgetCursor();
    for (let poll = 1; poll <= 12; poll += 1) await zap.poll();

    expect(sorted(zap.started)).toEqual(sorted(ids));
    expect(Math.max(...zap.fresh)).toBeLessThan(HELD_FROM);
  });

  it('misses no call if Zapier cannot store how far a poll got', async () => {
    const zap = await zapOf().turnOn();
    const ids = calls(100);
    await zap.poll();
    const stop = simulator.onRequest(() => {
      cursors.error = 'Unable to store the cursor';
    });
    const error = await zap.poll().catch((thrown: unknown) => thrown);
    stop();
    cursors.error = undefined;

    expect((error as Error).name).toBe('ThrottledError');
    expect(sentenceOf(error as Error)).toMatch(/^Zapier could not store .* Nothing is lost/);
    await zap.catchUp();
    expect(sorted(zap.started)).toEqual(sorted(ids));
  });

  it('starts no Zap for calls that ended before it was turned on', async () => {
    calls(1_500, 10 * MINUTE);
    const zap = await zapOf().turnOn();
    const ids = calls(10);
    await zap.catchUp();

    expect(sorted(zap.started)).toEqual(sorted(ids));
  });

  it('starts each of two Zaps with the same connection', async () => {
    const zaps = [await zapOf().turnOn(), await zapOf().turnOn()];
    const ids = calls(150);
    for (let poll = 1; poll <= 4; poll += 1) for (const zap of zaps) await zap.poll();

    for (const zap of zaps) expect(sorted(zap.started)).toEqual(sorted(ids));
  });

  it('starts a Zap at once for an agent that is not in the campaign', async () => {
    const { leadQualifier: agent } = simulator.world.agents;
    const zap = await zapOf({ agent: agent.uuid }).turnOn();
    const [first] = calls(1, HOUR, { agent });
    calls(600);
    const [last] = calls(1, SECOND, { agent });

    expect(await zap.poll()).toEqual([last, first]);
  });

  it('returns the newest 1,000 calls at once if Zapier stores nothing', async () => {
    cursors.error = 'Invalid cursor operation.';
    calls(1_100);
    const zap = zapOf();
    await zap.poll();

    expect(zap.fresh).toEqual([1_000]);
  });

  it('has one page', async () => {
    calls(10);
    const outcome = await runInZapier('triggers.call_completed.operation.perform', {
      authData: connectionTo(simulator),
      meta: { page: 1 },
    });

    expect(runsOf(outcome)).toEqual([]);
    expect(simulator.requests).toEqual([]);
  });

  it('stores nothing while a user loads samples', async () => {
    calls(10);
    const zap = zapOf();
    await zap.loadSamples();

    expect(cursors.stored.has(zap.key)).toBe(false);
    expect(simulator.requests).toHaveLength(1);
  });
});
