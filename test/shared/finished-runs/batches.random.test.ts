import fc from 'fast-check';
import { startSimulator, type Run, type Simulator } from '../../../tools/simulator';
import { Batches } from './batches';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** The story ends before now. */
const STORY_MS = 20 * 60 * MINUTE;

type Step =
  | { readonly kind: 'calls'; readonly count: number; readonly lateMs: number }
  | { readonly kind: 'campaign'; readonly count: number }
  | { readonly kind: 'end'; readonly which: number; readonly count: number }
  | { readonly kind: 'next' | 'lose' | 'forget' | 'fail' }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'pass'; readonly minutes: number };

const oneOf = <T extends string>(...kinds: T[]) =>
  fc.constantFrom(...kinds).map((kind) => ({ kind }));
const count = (max: number) => fc.integer({ min: 1, max });

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('calls' as const),
      count: count(40),
      // While many calls begin, and Dograh is slow, only the newest 15 runs are read again.
      lateMs: fc.constantFrom(0, 0, 10 * SECOND),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('campaign' as const), count: count(400) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('end' as const), which: fc.nat(), count: count(60) }),
  },
  { weight: 8, arbitrary: oneOf('next') },
  { weight: 1, arbitrary: oneOf('lose', 'forget', 'fail') },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('slow' as const),
      ms: fc.constantFrom(0, 1_000, 4_000),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      minutes: fc.integer({ min: 1, max: 40 }),
    }),
  },
);

let simulator: Simulator;
/** Dograh's time. */
let now = 0;

beforeAll(async () => {
  simulator = await startSimulator({
    resultsAfterMs: 0,
    artifactsAfterMs: 0,
    clockOffsetMs: () => now - Date.now(),
  });
});
afterAll(() => simulator.stop());

it('returns each finished run at least once, in any order of events', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 50 }), async (steps) => {
      const { batches, finished } = await live(steps);

      expect(batches.handled.toSorted()).toEqual(finished.toSorted());
      expect(Math.max(...batches.fresh)).toBeLessThan(100);
      expect(Math.max(...batches.requests)).toBeLessThanOrEqual(12);
      expect(batches.stored.length).toBeLessThan(12_000);
      expect(simulator.contractViolations).toEqual([]);
    }),
    { numRuns: 12, endOnFailure: true },
  );
});

async function live(
  steps: readonly Step[],
): Promise<{ batches: Batches; finished: readonly number[] }> {
  simulator.reset();
  const batches = new Batches(simulator);
  const running: Run[] = [];
  const finished: number[] = [];
  now = Date.now() - STORY_MS;
  let lostAt = -1;
  const begin = (stepMs: number, lateMs = 0): Run => {
    now = Math.min(Date.now(), now + stepMs);
    return simulator.addRun({ createdAt: new Date(now - lateMs).toISOString(), endedAt: null });
  };
  const end = async (run: Run): Promise<void> => {
    simulator.finish(run.runId);
    await simulator.waitFor(run.runId, 'results');
    finished.push(run.runId);
  };

  // Calls are running when the trigger is switched on.
  running.push(begin(0), begin(0));
  await batches.first();
  for (const next of steps) {
    switch (next.kind) {
      case 'calls':
        for (let index = 0; index < next.count; index += 1) {
          running.push(begin(SECOND, next.lateMs));
        }
        break;
      case 'campaign':
        for (let index = 0; index < next.count; index += 1) {
          const run = begin(SECOND);
          if (index % 50 === 0) running.push(run);
          else await end(run);
        }
        break;
      case 'end':
        for (const run of running.splice(next.which % (running.length + 1), next.count)) {
          await end(run);
        }
        break;
      case 'next':
        await batches.next();
        break;
      case 'lose':
        // Only the next batch is sure to repeat what was lost.
        if (batches.fresh.length > lostAt) await batches.lose();
        lostAt = batches.fresh.length;
        break;
      case 'forget':
        batches.stored = '';
        break;
      case 'fail':
        simulator.faults.add({
          on: 'runs',
          fault: { kind: 'status', callPlaced: false, status: 500 },
          times: 1,
        });
        await batches.next().catch(() => []);
        simulator.faults.clear();
        break;
      case 'slow':
        batches.msPerRequest = next.ms;
        break;
      case 'pass':
        now = Math.min(Date.now(), now + next.minutes * MINUTE);
    }
  }
  batches.msPerRequest = 0;
  for (const run of running.splice(0)) await end(run);
  // By then, every result counts as written.
  now += 61 * MINUTE;
  // After a forgotten position, old runs come first. Batches without a new run are no end.
  const most = Math.ceil(simulator.runs.length / 40) + 10;
  for (let batch = 0; batch < most; batch += 1) await batches.next();
  return { batches, finished };
}
