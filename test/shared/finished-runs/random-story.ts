import fc from 'fast-check';
import { startSimulator, type Run, type Simulator } from '../../../tools/simulator';
import { Poller } from './poller';

const MINUTE = 60_000;
/** The story ends now, because Dograh's clock is this machine's. */
const STORY_MINUTES = 600;

type Step =
  | { readonly kind: 'begin'; readonly count: number; readonly lateMinutes: number }
  | { readonly kind: 'end'; readonly which: number }
  | { readonly kind: 'poll' }
  | { readonly kind: 'failing poll'; readonly page: number }
  | { readonly kind: 'lost poll' }
  | { readonly kind: 'pass'; readonly minutes: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('begin' as const),
      count: fc.integer({ min: 1, max: 60 }),
      lateMinutes: fc.integer({ min: 0, max: 4 }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('end' as const), which: fc.nat() }) },
  { weight: 4, arbitrary: fc.constant({ kind: 'poll' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('failing poll' as const),
      page: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'lost poll' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      minutes: fc.integer({ min: 1, max: 90 }),
    }),
  },
);

interface StoryWorld {
  readonly maxPages: number;
  /** Whether Dograh writes runs late. */
  readonly isLate: boolean;
}

/** The trigger must return each finished run exactly once, in any order of events. */
export function givesEachRunOnce(world: StoryWorld): void {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator({ resultsAfterMs: 0, artifactsAfterMs: 0 });
  });
  afterAll(() => simulator.stop());

  it('returns each finished run once, in any order of events', async () => {
    const story = fc.array(step, { minLength: 10, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(story, async (steps) => {
        const { given, finished } = await live(steps, world);

        expect(given.toSorted()).toEqual(finished.toSorted());
        expect(simulator.contractViolations).toEqual([]);
      }),
      { numRuns: 25, endOnFailure: true },
    );
  });

  async function live(
    steps: readonly Step[],
    { maxPages, isLate }: StoryWorld,
  ): Promise<{ given: number[]; finished: number[] }> {
    simulator.reset();
    const poller = new Poller(simulator);
    poller.maxPages = maxPages;
    const given: number[] = [];
    const running: Run[] = [];
    const finished: number[] = [];
    let now = Date.now() - STORY_MINUTES * MINUTE;
    const begin = (lateMs: number): Run => {
      now = Math.min(Date.now(), now + 250);
      const createdAt = new Date(now - lateMs).toISOString();
      return simulator.addRun({ createdAt, endedAt: null });
    };
    const end = async (run: Run): Promise<void> => {
      simulator.finish(run.runId);
      await simulator.waitFor(run.runId, 'results');
      finished.push(run.runId);
    };

    // A call is running when the trigger is switched on.
    const first = begin(0);
    running.push(first);
    await poller.poll();
    for (const next of steps) {
      switch (next.kind) {
        case 'begin':
          for (let count = 0; count < next.count; count += 1) {
            running.push(begin(isLate ? next.lateMinutes * MINUTE : 0));
          }
          break;
        case 'end': {
          const [run] = running.splice(next.which % Math.max(1, running.length), 1);
          if (run !== undefined) await end(run);
          break;
        }
        case 'poll':
          given.push(...(await poller.poll()));
          break;
        case 'failing poll':
          given.push(...(await failing(poller, next.page)));
          break;
        case 'lost poll': {
          // The host is killed before it stores the memory.
          const { stored } = poller;
          await poller.poll();
          poller.stored = stored;
          break;
        }
        case 'pass':
          now = Math.min(Date.now(), now + next.minutes * MINUTE);
      }
    }
    for (const run of running.splice(0)) await end(run);
    const most = Math.ceil(simulator.runs.length / 20) + 3;
    for (let poll = 0; poll < most; poll += 1) given.push(...(await poller.poll()));
    return { given, finished };
  }

  /** Dograh fails from that page on. */
  async function failing(poller: Poller, page: number): Promise<number[]> {
    const fail = (): void => {
      simulator.faults.add({
        on: 'runs',
        fault: { kind: 'status', callPlaced: false, status: 502 },
        times: Infinity,
      });
    };
    let asked = 0;
    const stop = simulator.onRequest(() => {
      asked += 1;
      if (asked === page - 1) fail();
    });
    if (page === 1) fail();
    const given = await poller.poll().catch(() => []);
    stop();
    simulator.faults.clear();
    return given;
  }
}
