import type { CallResult } from '@dograh/shared';
import type { Fault, PastRun } from '../../../tools/simulator';
import { randomFrom } from '../../../tools/support/random';
import { DAY, HOUR, MINUTE, NUMBER, startWorld, TUESDAY, type World } from '../../support/rules';

const HISTORIES = 150;
/** Dograh tells its time in whole seconds. Until then, a call may seem younger than it is. */
const SECOND = 1_000;

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.simulator.stop());

interface Limits {
  readonly calls: number;
  readonly windowMs: number;
  readonly pauseMs: number;
}

/** When the phone with the number rang or may have rung, by the records of the simulator, oldest first. */
function dialed(): number[] {
  return world.simulator.runs
    .filter(({ phoneNumber, direction, mode, error }) => {
      const digits = phoneNumber.replace(/\D/g, '');
      return (
        digits === NUMBER.slice(1) &&
        direction === 'outbound' &&
        !/web|chat/.test(mode) &&
        error === null
      );
    })
    .map(({ createdAt }) => Date.parse(createdAt))
    .sort((a, b) => a - b);
}

/** The calls of this test among them. */
function placed(): number[] {
  return world.simulator.calls.map(({ createdAt }) => Date.parse(createdAt));
}

/** What is wrong with one call at this time, if these calls were before it. */
function violation(limits: Limits, before: readonly number[], at: number): string | undefined {
  const ages = before.map((time) => at - time);
  const inWindow = ages.filter((age) => age < limits.windowMs).length;
  if (inWindow >= limits.calls) return `${inWindow} calls in the window, maximum ${limits.calls}`;
  const last = Math.min(...ages);
  return last < limits.pauseMs ? `${last} ms after the last call` : undefined;
}

describe(`${HISTORIES} random histories, with calls in order and at the same moment`, () => {
  const random = randomFrom(11);
  const int = (below: number): number => Math.floor(random() * below);
  const pick = <T>(from: readonly T[]): T => {
    const picked = from[int(from.length)];
    if (picked === undefined) throw new Error('Nothing to choose from.');
    return picked;
  };

  /** Around a limit, but not so close that a busy machine could decide. */
  const offset = (): number => (int(6) - 2) * 20 * SECOND + 8 * SECOND;

  it.each([
    ['without faults', false],
    ['with lost responses and refusals', true],
  ])(
    'never have more calls than the limits allow, and as many as they allow: %s',
    async (_name, hasFaults) => {
      const problems: unknown[] = [];
      const counts = { placed: 0, refused: 0, failed: 0, together: 0 };
      for (let history = 0; history < HISTORIES; history += 1) {
        world.reset(TUESDAY);
        world.simulator.world.acme.concurrentCallLimit = 1_000;
        const limits = {
          calls: 1 + int(4),
          windowMs: (1 + int(48)) * HOUR,
          pauseMs: int(3) * 5 * HOUR,
        };
        for (let run = int(9); run > 0; run -= 1) addRandomRun(limits);
        for (let step = 0; step < 4; step += 1) {
          const before = dialed();
          const known = placed().length;
          const count = pick([1, 1, 2, 3]);
          const fault = hasFaults && int(3) === 0 ? pick(faults()) : undefined;
          if (fault !== undefined) world.simulator.faults.add({ on: 'call', fault });
          const results = await placeTogether(count, limits);
          world.simulator.faults.clear();
          const after = placed().slice(known);
          const isUnclear = results.includes('failed');
          counts.placed += after.length;
          counts.failed += results.filter((result) => result === 'failed').length;
          counts.refused += results.filter((result) => result === 'too_many_attempts').length;
          if (count > 1 && after.length > 0) counts.together += 1;

          const context = { history, step, limits, count, fault: fault?.kind, results };
          after.forEach((time, index) => {
            // The recovery of a lost response moves the clock, so each call has its own time.
            const wrong = violation(limits, [...before, ...after.slice(0, index)], time);
            if (wrong !== undefined) problems.push([wrong, context]);
          });
          const isAllowed = violation(limits, dialed(), world.clock.now() - SECOND) === undefined;
          if (isAllowed && !isUnclear && results.some((result) => result !== 'placed')) {
            problems.push(['a call was refused although it was allowed', context]);
          }
          if (
            fault === undefined &&
            results.filter((one) => one === 'placed').length !== after.length
          ) {
            problems.push(['the results differ from the calls', context]);
          }
          const next = pick([0, MINUTE, limits.pauseMs, limits.windowMs, DAY]) + offset();
          world.clock.advance(Math.max(0, next));
        }
      }

      expect(problems.slice(0, 3)).toEqual([]);
      expect(counts.placed).toBeGreaterThan(HISTORIES);
      expect(counts.refused).toBeGreaterThan(HISTORIES / 2);
      expect(counts.together).toBeGreaterThan(HISTORIES / 5);
      expect(counts.failed > 20).toBe(hasFaults);
      expect(world.simulator.contractViolations).toEqual([]);
    },
  );

  async function placeTogether(count: number, limits: Limits): Promise<string[]> {
    const { agents } = world.simulator.world;
    const attempts = {
      maximumCalls: limits.calls,
      withinHours: limits.windowMs / HOUR,
      minimumHoursBetween: limits.pauseMs / HOUR,
    };
    const placing = Array.from({ length: count }, () => {
      const agent = pick([agents.leadQualifier, agents.appointmentReminder, agents.deliveryUpdate]);
      const input = {
        agent: { by: 'agentUuid', value: agent.uuid } as const,
        callReference: pick(['', 'a', 'b']),
        phoneNumber: pick([NUMBER, '+49 30 12 34 56', 'tel:+4930123456']),
      };
      return world.place({ attempts }, { input });
    });
    const outcomes = await Promise.allSettled(placing);
    return outcomes.map((outcome) =>
      outcome.status === 'rejected' ? 'failed' : wordFor(outcome.value),
    );
  }

  function wordFor({ skip_reason: reason }: CallResult): string {
    return reason ?? 'placed';
  }

  function addRandomRun({ windowMs, pauseMs }: Limits): void {
    const { agents } = world.simulator.world;
    const ages = [0, pauseMs, windowMs, windowMs, int(4 * DAY), 100 * DAY];
    const ageMs = Math.max(0, pick(ages) + offset());
    const past: PastRun = {
      agent: pick([agents.leadQualifier, agents.appointmentReminder]),
      direction: int(8) === 0 ? 'inbound' : 'outbound',
      ...(int(8) === 0 ? { mode: pick(['smallwebrtc', 'textchat']) } : {}),
      phoneNumber: pick([
        NUMBER,
        NUMBER,
        '+49 30 123456',
        `${NUMBER}7`,
        '+493012345',
        '+43930123456',
      ]),
      initialContext: int(2) === 0 ? { call_reference: pick(['a', 'b']) } : {},
      ...(int(6) === 0 ? { endedAt: null } : {}),
      ending: {
        disposition: pick(['user_hangup', 'busy', 'no-answer', 'failed', 'voicemail_detected']),
      },
    };
    world.called(ageMs / HOUR, past);
    const run = world.simulator.runs.at(-1);
    if (int(8) === 0 && run !== undefined && past.endedAt === undefined) failBeforeDialing(run);
  }

  function faults(): Fault[] {
    return [
      { kind: 'reset', callPlaced: true, moment: 'after-placing' },
      { kind: 'reset', callPlaced: false, moment: 'after-reading' },
      { kind: 'status', callPlaced: true, status: 502 },
      { kind: 'status', callPlaced: false, status: 429, body: { detail: 'Limit reached' } },
      { kind: 'cut-off', callPlaced: true },
    ];
  }
});

/** As Dograh writes it if the provider refused. */
function failBeforeDialing(run: World['simulator']['runs'][number]): void {
  const error = 'Failed to initiate call: 400: invalid number';
  Object.assign(run, {
    error,
    durationSeconds: 0,
    gatheredContext: { error, call_disposition: 'error', mapped_call_disposition: 'error' },
  });
}
