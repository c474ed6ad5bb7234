import type { RunResult } from '@dograh/shared';
import { startSimulator, type Simulator } from '../../../tools/simulator';
import { clientTo } from '../../../tools/support/client-to';
import { HeldClock } from '../../support/clocks';

const CALLS = 50;
const POLL_MS = 15_000;

describe('waiting for 50 calls at the same time', () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator({ dialMs: 1, ringMs: 1, callDurationMs: Infinity });
  });
  afterAll(() => simulator.stop());

  it('needs at most one request per call in each interval after the first minutes', async () => {
    const clock = new HeldClock();
    const client = clientTo(simulator.url, { apiKey: simulator.world.acme.apiKey, clock });
    const runs = Array.from({ length: CALLS }, () => simulator.addRun({ endedAt: null }));
    const waiting = runs.map(({ runId }) =>
      client.waitForResult(runId, {
        timeoutMs: 3_600_000,
        pollMs: POLL_MS,
        onTimeout: 'fail',
        forTranscript: false,
      }),
    );
    const lookedAt = (): number[] =>
      simulator.requests
        .map(({ path }) => /\/runs\/(\d+)$/.exec(path)?.[1])
        .filter((id) => id !== undefined)
        .map(Number);

    await clock.untilAsleep(CALLS);
    // The first minutes have more checks, for calls that end soon.
    for (let passed = 0; passed < 180_000; passed += 500) await clock.step(500, CALLS);
    const atFirst = lookedAt().length;
    for (let interval = 0; interval < 10; interval += 1) {
      const before = lookedAt().length;
      for (let passed = 0; passed < POLL_MS; passed += 500) await clock.step(500, CALLS);
      const looked = lookedAt().slice(before);

      expect(looked.length).toBeLessThanOrEqual(CALLS);
      expect(new Set(looked).size).toBe(looked.length);
    }
    expect(atFirst / CALLS).toBeLessThanOrEqual(24);
    expect(lookedAt().length).toBeGreaterThanOrEqual(atFirst + 9 * CALLS);

    for (const { runId } of runs) {
      simulator.finish(runId);
      await simulator.waitFor(runId, 'results');
    }
    clock.pass(POLL_MS);
    const results: readonly RunResult[] = await Promise.all(waiting);

    expect(results.map(({ workflow_run_id: id }) => id)).toEqual(runs.map(({ runId }) => runId));
    expect(results.every(({ outcome }) => outcome === 'answered')).toBe(true);
    expect(simulator.contractViolations).toEqual([]);
  });
});
