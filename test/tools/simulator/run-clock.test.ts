import { aNumber, answerTo } from '../../../tools/simulator/api-caller';
import { startSimulator, type Simulator } from '../../../tools/simulator/index';
import { RunClock } from '../../../tools/simulator/run-clock';

describe('a clock that a test moves on', () => {
  let clock: RunClock;
  beforeEach(() => {
    clock = new RunClock(() => 0);
  });
  afterEach(() => {
    clock.stop();
  });

  it('does at once what is planned until then, in its order', () => {
    const done: string[] = [];
    clock.after(2000, () => done.push('second'));
    clock.after(1000, () => {
      done.push('first');
      clock.after(1500, () => done.push('third'));
    });
    clock.after(9000, () => done.push('later'));
    clock.advance(3000);

    expect(done).toEqual(['first', 'second', 'third']);
    clock.advance(7000);
    expect(done).toEqual(['first', 'second', 'third', 'later']);
  });

  it('shows the planned time while something happens', () => {
    const start = clock.nowMs();
    let then = 0;
    clock.after(60_000, () => (then = clock.nowMs()));
    clock.advance(3_600_000);

    expect(then - start).toBeGreaterThanOrEqual(59_999);
    expect(then - start).toBeLessThan(70_000);
    expect(clock.nowMs() - start).toBeGreaterThanOrEqual(3_599_999);
    expect(clock.aheadMs()).toBeGreaterThan(3_500_000);
  });

  it('still does by itself what remains, as much earlier as it was moved on', async () => {
    const done = new Promise((resolve) => {
      clock.after(3_600_010, () => {
        resolve('done');
      });
    });
    clock.advance(3_600_000);
    expect(await done).toBe('done');
  });

  it('never does what is planned for never', () => {
    clock.after(Infinity, () => {
      throw new Error('It happened.');
    });
    expect(() => {
      clock.advance(1e12);
    }).not.toThrow();
  });
});

describe('a simulator whose clock is moved on', () => {
  let simulator: Simulator;
  beforeEach(async () => {
    simulator = await startSimulator({
      dialMs: 1000,
      ringMs: 2000,
      callDurationMs: 60_000,
      resultsAfterMs: 1000,
      artifactsAfterMs: 1000,
    });
  });
  afterEach(() => simulator.stop());

  it('ends calls at once', async () => {
    await answerTo(simulator, { body: { phone_number: aNumber } });
    simulator.advance(120_000);

    expect(simulator.calls).toMatchObject([{ disposition: 'user_hangup', durationSeconds: 60 }]);
  });

  it('shows the time in the header of its responses, until a reset', async () => {
    const dateOf = async (): Promise<number> => {
      const { headers } = await fetch(`${simulator.url}/api/v1/health`);
      return Date.parse(headers.get('date') ?? '');
    };
    simulator.advance(3_600_000);
    expect((await dateOf()) - Date.now()).toBeGreaterThan(3_500_000);
    simulator.reset();
    expect(Math.abs((await dateOf()) - Date.now())).toBeLessThan(10_000);
  });
});
