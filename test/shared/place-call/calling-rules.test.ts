import type { CallingRulesInput } from '@dograh/shared';
import type { Fault } from '../../../tools/simulator';
import { rejectionOf } from '../../support/refusal';
import {
  DAY,
  HOUR,
  MINUTE,
  NUMBER,
  OFFICE_HOURS,
  startWorld,
  TUESDAY,
  type World,
} from '../../support/rules';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.reset();
});
afterEach(() => {
  expect(world.simulator.contractViolations).toEqual([]);
});
afterAll(() => world.simulator.stop());

const calls = (): number => world.simulator.calls.length;
/** 20:30 in Berlin. */
const EVENING = TUESDAY + 9.5 * HOUR;
/** 12.5 hours later: 09:00 in Berlin. */
const NEXT_MORNING = '2026-12-02T09:00:00+01:00';
const ALL_RULES: CallingRulesInput = {
  doNotCall: ['+4930999999'],
  doNotCallIfAsked: 'do_not_call',
  attempts: { maximumCalls: 3, withinHours: 24, minimumHoursBetween: 2 },
  callingHours: OFFICE_HOURS,
};
const optedOut = { ending: { disposition: 'do_not_call' } };

describe('a call that a rule does not allow', () => {
  it('is skipped, with the reason and the time at which it is allowed', async () => {
    world.reset(EVENING);
    const result = await world.place({ callingHours: OFFICE_HOURS });

    expect(result).toMatchObject({
      skipped: true,
      skip_reason: 'outside_calling_hours',
      callable_at: NEXT_MORNING,
      status: 'skipped',
      outcome: null,
      workflow_run_id: null,
      run_url: null,
      phone_number: NUMBER,
      recovered: false,
    });
    expect(result.notes.join(' ')).toMatch(/because of the rule Calling Hours\. It is Tue 20:30/);
    expect(world.requests()).toEqual([]);
  });

  it('fails if the user has chosen so, with the same facts', async () => {
    world.reset(EVENING);
    const error = await rejectionOf(world.place({ callingHours: OFFICE_HOURS, onRule: 'fail' }));

    expect(error).toMatchObject({
      kind: 'CallingRule',
      skip_reason: 'outside_calling_hours',
      callable_at: NEXT_MORNING,
      callPlaced: 'no',
      hint: expect.stringMatching(/^This number was not dialed\./) as unknown,
    });
    expect(error.toJSON()).toMatchObject({
      kind: 'CallingRule',
      skip_reason: 'outside_calling_hours',
      callable_at: NEXT_MORNING,
    });
    expect(world.requests()).toEqual([]);
  });

  it.each([
    ['do_not_call', null, 'Do Not Call List', { doNotCall: [NUMBER] }, true],
    ['do_not_call', null, 'Do Not Call If They Asked', {}, true],
    ['too_many_attempts', '2026-12-03T19:31:00+01:00', 'Maximum Calls', {}, false],
    [
      'outside_calling_hours',
      NEXT_MORNING,
      'Calling Hours',
      { attempts: { maximumCalls: 2, withinHours: 48 } },
      false,
    ],
  ])(
    'is skipped with %s and callable_at %s if that is the first of the rules: %s',
    async (reason, callableAt, rule, changes, hasAsked) => {
      world.reset(EVENING);
      // A call of 19:30:30.
      world.called(1 - 30 / 3_600, hasAsked ? optedOut : {});
      const attempts = { maximumCalls: 1, withinHours: 48 };
      const result = await world.place({ ...ALL_RULES, attempts, ...changes });

      expect(result).toMatchObject({ skip_reason: reason, callable_at: callableAt });
      expect(result.notes[0]).toContain(`because of the rule ${rule}.`);
      expect(calls()).toBe(0);
    },
  );

  it('returns the earlier run of Skip If Called Within before any rule is checked', async () => {
    const input = { callReference: 'lead-7', skipIfCalledWithin: 24 };
    const first = await world.place({}, { input });
    const second = await world.place({ ...ALL_RULES, doNotCall: NUMBER }, { input });

    expect(second).toMatchObject({
      skip_reason: 'called_before',
      workflow_run_id: first.workflow_run_id,
      callable_at: null,
    });
    expect(calls()).toBe(1);
  });

  it('returns the run of its own earlier request before any rule is checked', async () => {
    const first = await world.place(ALL_RULES, { callRequestId: 'execution-1' });
    const earlier = { windowMs: DAY, includes: (id: string) => id === 'execution-1' };
    world.clock.advance(12 * HOUR);
    const rules = { ...ALL_RULES, onRule: 'fail' };
    const second = await world.place(rules, { callRequestId: 'execution-2', earlier });

    expect(second).toMatchObject({ skipped: true, workflow_run_id: first.workflow_run_id });
    expect(calls()).toBe(1);
  });
});

describe('the requests of a call with rules', () => {
  it('are one for the list of runs and one for the call, with all rules and Skip If Called Within', async () => {
    const input = { callReference: 'lead-7', skipIfCalledWithin: 24 };
    world.called(30);

    expect(await world.place(ALL_RULES, { input })).toMatchObject({ skipped: false });
    expect(world.requests()).toEqual(['GET', 'POST']);
  });

  it.each<[string, CallingRulesInput]>([
    ['a list and hours', { doNotCall: '+4930999999', callingHours: OFFICE_HOURS }],
    ['a list alone', { doNotCall: ['+4930999999'] }],
    ['hours alone', { callingHours: OFFICE_HOURS }],
    ['an empty list', { doNotCall: [] }],
    ['a pause of 0 hours', { attempts: { minimumHoursBetween: 0 } }],
  ])('do not read the earlier calls with %s', async (_name, rules) => {
    expect(await world.place(rules)).toMatchObject({ skipped: false });
    expect(world.requests()).toEqual(['POST']);
  });

  it('are none if the number is on the list', async () => {
    expect(await world.place({ ...ALL_RULES, doNotCall: NUMBER })).toMatchObject({
      skip_reason: 'do_not_call',
    });
    expect(world.requests()).toEqual([]);
  });

  it('read all pages for opt-outs, and only the needed one for attempts', async () => {
    for (let hours = 1; hours <= 230; hours += 1) world.called(hours);
    const attempts = { maximumCalls: 50, withinHours: 24 };
    await world.place({ attempts });
    expect(world.requests()).toEqual(['GET', 'POST']);

    world.simulator.reset();
    for (let hours = 1; hours <= 230; hours += 1) world.called(hours);
    await world.place({ attempts, doNotCallIfAsked: 'do_not_call' });
    expect(world.requests()).toEqual(['GET', 'GET', 'GET', 'POST']);
  });
});

describe('earlier calls that cannot be read', () => {
  const listed = (...runs: unknown[]): Fault => ({
    kind: 'off-contract',
    callPlaced: true,
    body: { runs, page: 1, total_pages: 1 },
  });
  const faults: [string, Fault, string][] = [
    ['a server error', { kind: 'status', callPlaced: false, status: 503 }, 'Server'],
    ['a refusal', { kind: 'status', callPlaced: false, status: 403 }, 'PermissionDenied'],
    ['a wrong key', { kind: 'status', callPlaced: false, status: 401 }, 'Authentication'],
    ['no such route', { kind: 'status', callPlaced: false, status: 404 }, 'Contract'],
    ['too many requests', { kind: 'status', callPlaced: false, status: 429 }, 'Server'],
    ['resets', { kind: 'reset', callPlaced: false, moment: 'after-reading' }, 'Network'],
    ['half a response', { kind: 'cut-off', callPlaced: true }, 'Network'],
    ['a page of HTML', { kind: 'not-json', callPlaced: true }, 'Contract'],
    ['no runs', { kind: 'off-contract', callPlaced: true, body: { total_pages: 1 } }, 'Contract'],
    ['an invalid run', listed({ id: 'seven' }), 'Contract'],
  ];

  describe.each<[string, CallingRulesInput]>([
    ['Do Not Call If They Asked', { doNotCallIfAsked: 'do_not_call' }],
    ['Maximum Calls', { attempts: { maximumCalls: 9, withinHours: 1 } }],
    ['Minimum Hours Between Calls', { attempts: { minimumHoursBetween: 1 } }],
  ])('for %s', (_rule, rules) => {
    it.each(faults)('prevent the call: %s', async (_name, fault, kind) => {
      world.simulator.faults.add({ on: 'runs', fault, times: Infinity });
      const error = await rejectionOf(world.place(rules, { maxWaitMs: MINUTE }));

      expect(error).toMatchObject({ kind, callPlaced: 'no' });
      expect(error.message).toMatch(/^The check for an earlier call to \+4930123456 failed: /);
      expect(error.hint).toMatch(/^This number was not dialed\./);
      expect(world.simulator.callRequests).toHaveLength(0);
    });
  });

  it('prevent the call if Dograh responds too slowly', async () => {
    const fault: Fault = { kind: 'status', callPlaced: false, status: 502 };
    world.simulator.faults.add({ on: 'runs', fault, times: Infinity });
    const onAnswer = (): void => {
      world.clock.advance(20_000);
    };
    const error = await rejectionOf(world.place({ doNotCallIfAsked: 'no' }, { onAnswer }));

    expect(error).toMatchObject({ callPlaced: 'no' });
    expect(world.simulator.callRequests).toHaveLength(0);
  });

  it('prevent the call if the list shows an earlier call without its results', async () => {
    const run = { id: 7, called_number: NUMBER, created_at: '2026-11-01T10:00:00Z' };
    world.simulator.faults.add({ on: 'runs', fault: listed(run) });
    const error = await rejectionOf(world.place({ doNotCallIfAsked: 'do_not_call' }));

    expect(error).toMatchObject({ kind: 'Contract', callPlaced: 'no' });
    expect(error.hint).toMatch(/^This number was not dialed\./);
    expect(world.simulator.callRequests).toHaveLength(0);
  });

  it('count a call without a time as one of now', async () => {
    const run = { id: 7, called_number: NUMBER, initial_context: {}, gathered_context: {} };
    world.simulator.faults.add({ on: 'runs', fault: listed(run) });

    expect(await world.place({ attempts: { minimumHoursBetween: 1 } })).toMatchObject({
      skip_reason: 'too_many_attempts',
    });
    expect(calls()).toBe(0);
  });
});

describe('the hours', () => {
  it.each([
    ['the last second before they begin', '2026-12-01T07:59:59.999Z', true],
    ['the first second', '2026-12-01T08:00:00Z', false],
    ['the last second', '2026-12-01T18:59:59.999Z', false],
    ['the second at which they end', '2026-12-01T19:00:00Z', true],
  ])('are exact to the second: %s', async (_name, time, skipped) => {
    world.reset(Date.parse(time));

    expect(await world.place({ callingHours: OFFICE_HOURS })).toMatchObject({ skipped });
    expect(calls()).toBe(skipped ? 0 : 1);
  });

  it('count when the phone is dialed, not when the earlier calls are requested', async () => {
    world.reset(Date.parse('2026-12-01T18:59:50Z'));
    const onAnswer = (): void => {
      world.clock.advance(20_000);
    };
    const result = await world.place(ALL_RULES, { onAnswer });

    expect(result).toMatchObject({ skip_reason: 'outside_calling_hours' });
    expect(world.simulator.callRequests).toHaveLength(0);
  });

  it('count when the phone is dialed, not when the agent is read', async () => {
    world.reset(Date.parse('2026-12-01T18:59:50Z'));
    const { uuid } = world.simulator.world.agents.appointmentReminder;
    const context = {
      json: { customer_name: 'Ann', appointment: { date: 'today', time: 'noon' }, doctor: 'Who' },
    };
    const agent = { by: 'agentUuid', value: uuid } as const;
    const input = { agent, requireVariables: true, context };
    const onAnswer = (): void => {
      world.clock.advance(20_000);
    };
    const rules = { callingHours: OFFICE_HOURS };
    const result = await world.place(rules, { input, onAnswer });

    expect(result).toMatchObject({ skip_reason: 'outside_calling_hours' });
    expect(world.requests().length).toBeGreaterThan(0);
    expect(world.simulator.callRequests).toHaveLength(0);
  });
});

describe('a call that waits for the hours', () => {
  const rules = { ...ALL_RULES, onRule: 'wait' };
  const maxWaitMs = 24 * HOUR;

  it('is placed exactly once, when they begin', async () => {
    world.reset(EVENING);
    const result = await world.place(rules, { maxWaitMs });

    expect(result).toMatchObject({
      skipped: false,
      workflow_run_id: expect.any(Number) as unknown,
    });
    expect(world.simulator.calls.map(({ createdAt }) => createdAt)).toEqual([
      '2026-12-02T08:00:00.000Z',
    ]);
    // Before the wait and after it.
    expect(world.requests()).toEqual(['GET', 'GET', 'POST']);
  });

  it('reads the clock at least every minute, because a computer can sleep', async () => {
    world.reset(EVENING);
    await world.place(rules, { maxWaitMs });

    expect(Math.max(...world.clock.slept)).toBeLessThanOrEqual(MINUTE);
  });

  it('is skipped at once if they begin after the maximum time', async () => {
    world.reset(EVENING);
    const result = await world.place(rules, { maxWaitMs: 12.5 * HOUR - 1 });

    expect(result).toMatchObject({ skipped: true, callable_at: NEXT_MORNING });
    expect(world.clock.slept).toEqual([]);
    expect(world.requests()).toEqual(['GET']);
  });

  it('is placed if they begin exactly at the end of the maximum time', async () => {
    world.reset(EVENING);

    expect(await world.place(rules, { maxWaitMs: 12.5 * HOUR })).toMatchObject({ skipped: false });
    expect(calls()).toBe(1);
  });

  it('waits for the hours also if it may not wait for a free call slot', async () => {
    world.reset(EVENING);
    const result = await world.place(rules, { maxWaitMs: 0, maxWaitForHoursMs: maxWaitMs });

    expect(result).toMatchObject({ skipped: false });
    expect(calls()).toBe(1);
  });

  it.each([
    ['the person asked not to be called', optedOut, 'do_not_call'],
    ['another workflow called the person', {}, 'too_many_attempts'],
  ])('is not placed if %s meanwhile', async (_name, past, reason) => {
    let isCalled = false;
    world.reset(EVENING, () => {
      if (!isCalled) world.called(0, past);
      isCalled = true;
    });
    // 12.5 hours later, the pause must still last.
    const attempts = { minimumHoursBetween: 24 };
    const result = await world.place({ ...rules, attempts }, { maxWaitMs });

    expect(result).toMatchObject({ skipped: true, skip_reason: reason });
    expect(isCalled).toBe(true);
    expect(world.simulator.callRequests).toHaveLength(0);
  });

  it.each<[string, CallingRulesInput, object]>([
    ['the list', { ...rules, doNotCall: NUMBER }, {}],
    ['an opt-out', rules, optedOut],
    ['attempts', rules, {}],
  ])('does not wait for another rule: %s', async (_name, given, past) => {
    world.reset(EVENING);
    world.called(1, past);

    expect(await world.place(given, { maxWaitMs })).toMatchObject({ skipped: true });
    expect(world.clock.slept).toEqual([]);
    expect(calls()).toBe(0);
  });

  it('does not wait for hours that never come', async () => {
    const callingHours = { ...OFFICE_HOURS, days: 'monday', datesWithoutCalls: mondays() };
    const result = await world.place({ callingHours, onRule: 'wait' }, { maxWaitMs: 500 * DAY });

    expect(result).toMatchObject({ skipped: true, callable_at: null });
    expect(world.clock.slept).toEqual([]);
  });

  it('dials no phone if it is stopped meanwhile', async () => {
    const stop = new AbortController();
    world.reset(EVENING, () => {
      stop.abort();
    });
    const placing = world.place(rules, { maxWaitMs, signal: stop.signal });

    expect(await rejectionOf(placing)).toMatchObject({ kind: 'Cancelled', callPlaced: 'no' });
    expect(world.clock.slept).toHaveLength(1);
    expect(world.simulator.callRequests).toHaveLength(0);
  });

  it('lets its host do other work meanwhile, and the host can end the wait', async () => {
    world.reset(EVENING);
    const order: string[] = [];
    await world.place(rules, {
      maxWaitMs,
      whileWaiting: async (wait) => {
        order.push(`begins after ${world.requests().join()}`);
        await wait();
        order.push(`ends at ${new Date(world.clock.now()).toISOString()}`);
      },
    });
    expect(order).toEqual(['begins after GET', 'ends at 2026-12-02T08:00:00.000Z']);

    world.reset(EVENING);
    const stopped = world.place(rules, {
      maxWaitMs,
      whileWaiting: (wait) => wait(AbortSignal.abort()),
    });
    expect(await rejectionOf(stopped)).toMatchObject({ kind: 'Cancelled', callPlaced: 'no' });
    expect(calls()).toBe(0);
  });

  it('is skipped if the computer slept until after the hours', async () => {
    let hasSlept = false;
    world.reset(EVENING, () => {
      if (!hasSlept) world.clock.advance(24 * HOUR);
      hasSlept = true;
    });

    expect(await world.place(rules, { maxWaitMs })).toMatchObject({
      skip_reason: 'outside_calling_hours',
      callable_at: '2026-12-03T09:00:00+01:00',
    });
    expect(calls()).toBe(0);
  });
});

describe('a call that waits for a free call slot', () => {
  const busy = (): void => {
    world.simulator.world.acme.concurrentCallLimit = 0;
  };

  it('is not dialed after the end of the hours', async () => {
    world.reset(Date.parse('2026-12-01T18:58:00Z'));
    busy();
    const result = await world.place(ALL_RULES, { maxWaitMs: HOUR });

    expect(result).toMatchObject({
      skip_reason: 'outside_calling_hours',
      callable_at: NEXT_MORNING,
    });
    expect(world.simulator.callRequests.length).toBeGreaterThan(1);
    expect(new Date(world.clock.now()).toISOString()).toMatch(/^2026-12-01T19:0/);
    expect(calls()).toBe(0);
  });

  it('is dialed the next morning if it may also wait for the hours', async () => {
    const end = Date.parse('2026-12-01T19:00:00Z');
    world.reset(Date.parse('2026-12-01T18:58:00Z'), () => {
      if (world.clock.now() > end) world.simulator.world.acme.concurrentCallLimit = 1;
    });
    busy();
    const result = await world.place({ ...ALL_RULES, onRule: 'wait' }, { maxWaitMs: 24 * HOUR });

    expect(result).toMatchObject({ skipped: false });
    expect(world.simulator.calls.map(({ createdAt }) => createdAt)).toEqual([
      '2026-12-02T08:00:00.000Z',
    ]);
  });

  it.each([
    ['the person asked another agent not to call', optedOut, 'do_not_call'],
    ['another workflow called the person', {}, 'too_many_attempts'],
  ])('is not dialed if %s meanwhile', async (_name, past, reason) => {
    let isCalled = false;
    world.reset(TUESDAY, () => {
      if (isCalled) return;
      isCalled = true;
      world.called(0, past);
      world.simulator.world.acme.concurrentCallLimit = 1;
    });
    busy();

    expect(await world.place(ALL_RULES, { maxWaitMs: HOUR })).toMatchObject({
      skip_reason: reason,
    });
    expect(isCalled).toBe(true);
    expect(world.simulator.callRequests).toHaveLength(1);
    expect(calls()).toBe(0);
  });
});

describe('calls to one number at the same moment', () => {
  const places = (count: number, rules: CallingRulesInput, input = {}) =>
    Promise.all(Array.from({ length: count }, () => world.place(rules, { input })));

  it('are placed once with a minimum pause, and the others are skipped', async () => {
    const results = await places(4, { attempts: { minimumHoursBetween: 1 } });

    expect(results.map(({ skip_reason: reason }) => reason)).toEqual([
      null,
      ...Array<string>(3).fill('too_many_attempts'),
    ]);
    expect(calls()).toBe(1);
  });

  it('do not stop calls to others whose numbers have the same last digits', async () => {
    const fault: Fault = { kind: 'status', callPlaced: false, status: 500 };
    world.simulator.faults.add({ on: 'call', fault });
    const place = (phoneNumber: string) =>
      world.place({ attempts: { minimumHoursBetween: 24 } }, { input: { phoneNumber } });
    const unclear = rejectionOf(place('+4930123456'));
    const others = ['+442079463456', '+12125553456', '+33142683456'].map(place);

    expect(await unclear).toMatchObject({ callPlaced: 'unknown' });
    expect((await Promise.all(others)).map(({ skipped }) => skipped)).toEqual([
      false,
      false,
      false,
    ]);
    expect(calls()).toBe(3);
  });

  it('are placed as often as Maximum Calls allows, also with different references', async () => {
    const attempts = { maximumCalls: 2, withinHours: 5 };
    const references = ['a', 'b', 'c', 'a'];
    const results = await Promise.all(
      references.map((callReference) =>
        world.place({ attempts }, { input: { callReference, skipIfCalledWithin: 1 } }),
      ),
    );

    expect(results.map(({ skip_reason: reason }) => reason)).toEqual([
      null,
      null,
      'too_many_attempts',
      'called_before',
    ]);
    expect(calls()).toBe(2);
  });

  it('are counted together however the number is written', async () => {
    const numbers = ['+49 30 123456', 'tel:+4930123456', '030 123 456', '0049-30-123456'];
    const results = await Promise.all(
      numbers.map((phoneNumber) =>
        world.place(
          { attempts: { maximumCalls: 1, withinHours: 1 } },
          { input: { phoneNumber, phoneNumberRules: { defaultCountry: 'DE' } } },
        ),
      ),
    );

    expect(results.filter(({ skipped }) => !skipped)).toHaveLength(1);
    expect(calls()).toBe(1);
  });

  it('are placed together without a rule about attempts', async () => {
    const results = await places(3, {
      doNotCallIfAsked: 'do_not_call',
      callingHours: OFFICE_HOURS,
    });

    expect(results.map(({ skipped }) => skipped)).toEqual([false, false, false]);
    expect(calls()).toBe(3);
  });

  it('are not placed after a call whose outcome is unknown, and say that they were not dialed', async () => {
    const fault: Fault = { kind: 'reset', callPlaced: false, moment: 'after-reading' };
    world.simulator.faults.add({ on: 'call', fault });
    const rules = { attempts: { maximumCalls: 1, withinHours: 1 } };
    const [first, second] = await Promise.all([
      rejectionOf(world.place(rules)),
      rejectionOf(world.place(rules)),
    ]);

    expect(first).toMatchObject({ kind: 'OutcomeUnknown', callPlaced: 'unknown' });
    expect(second).toMatchObject({ callPlaced: 'no' });
    expect(second.hint).toMatch(/not dialed/);
    expect(second.trace).toBeUndefined();
    expect(world.simulator.callRequests).toHaveLength(1);
  });

  it('are placed after a call that Dograh certainly refused', async () => {
    const fault: Fault = { kind: 'status', callPlaced: false, status: 402 };
    world.simulator.faults.add({ on: 'call', fault });
    const rules = { attempts: { maximumCalls: 1, withinHours: 1 } };
    const [first, second] = await Promise.allSettled([world.place(rules), world.place(rules)]);

    expect([first.status, second.status]).toEqual(['rejected', 'fulfilled']);
    expect(calls()).toBe(1);
  });
});

/** All Mondays of the next 14 months. */
function mondays(): string[] {
  return Array.from({ length: 60 }, (_, week) =>
    new Date(Date.parse('2026-11-30') + week * 7 * DAY).toISOString().slice(0, 10),
  );
}
