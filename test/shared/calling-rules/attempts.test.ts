import type { CallingRulesInput } from '@dograh/shared';
import { rejectionOf } from '../../support/refusal';
import type { PastRun } from '../../../tools/simulator';
import { HOUR, NUMBER, OFFICE_HOURS, startWorld, TUESDAY, type World } from '../../support/rules';

const SECOND = 1 / 3_600;

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.reset();
});
afterAll(() => world.simulator.stop());

type Attempts = NonNullable<CallingRulesInput['attempts']>;
const place = (attempts: Attempts, rules: CallingRulesInput = {}) =>
  world.place({ attempts, ...rules });

describe('a call to the number counts', () => {
  it.each<[string, PastRun]>([
    ['by another agent', {}],
    ['that was busy', { ending: { disposition: 'busy' } }],
    ['that nobody answered', { ending: { disposition: 'no-answer' } }],
    ['that failed at the provider', { ending: { disposition: 'failed' } }],
    ['that met a voicemail', { ending: { disposition: 'voicemail_detected' } }],
    ['that is running', { endedAt: null }],
    ['of the draft', { environment: 'test' }],
    ['with another reference', { initialContext: { call_reference: 'other' } }],
    ['that was written in another way', { phoneNumber: '(+49) 30/123456' }],
    ['that ended without results', { ending: { withoutResults: true } }],
  ])('%s', async (_name, past) => {
    world.called(2, past);

    expect(await place({ maximumCalls: 1, withinHours: 3 })).toMatchObject({
      skip_reason: 'too_many_attempts',
    });
    expect(await place({ minimumHoursBetween: 3 })).toMatchObject({
      skip_reason: 'too_many_attempts',
    });
    expect(world.simulator.calls).toHaveLength(0);
  });

  it.each<[string, PastRun]>([
    ['a call from the number', { direction: 'inbound' }],
    ['a test in the browser', { mode: 'smallwebrtc' }],
    ['a text chat', { mode: 'textchat' }],
    ['a number with more digits', { phoneNumber: `${NUMBER}0` }],
    ['a number that ends like it', { phoneNumber: '+493030123456' }],
    [
      'a contact of a campaign that was not dialed',
      { initialContext: { campaign_id: 4 }, ending: { withoutResults: true } },
    ],
  ])('but not %s', async (name, past) => {
    world.called(1, past);
    const run = world.simulator.runs[0];
    if (name.includes('campaign') && run !== undefined) {
      run.gatheredContext = { error: '400: {"message": "invalid number"}' };
    }

    expect(await place({ maximumCalls: 1, withinHours: 3, minimumHoursBetween: 3 })).toMatchObject({
      skipped: false,
    });
    expect(world.simulator.calls).toHaveLength(1);
  });

  it('also a contact of a campaign that may have been dialed', async () => {
    const past = { initialContext: { campaign_id: 4 }, ending: { withoutResults: true } };
    world.called(1, past);
    const [run] = world.simulator.runs;
    if (run !== undefined) run.gatheredContext = { error: 'Server disconnected' };

    expect(await place({ maximumCalls: 1, withinHours: 3 })).toMatchObject({ skipped: true });
  });

  it('but not a call that failed before a phone was dialed', async () => {
    world.simulator.world.unreachableNumbers.push(NUMBER);
    await rejectionOf(world.place({}));
    world.simulator.world.unreachableNumbers.length = 0;

    expect(await place({ maximumCalls: 1, withinHours: 3 })).toMatchObject({ skipped: false });
  });

  it('also a call whose response was lost', async () => {
    const fault = { kind: 'status', callPlaced: true, status: 502 } as const;
    world.simulator.faults.add({ on: 'call', fault });

    expect(await place({ maximumCalls: 1, withinHours: 3 })).toMatchObject({ recovered: true });
    expect(await place({ maximumCalls: 1, withinHours: 3 })).toMatchObject({
      skip_reason: 'too_many_attempts',
    });
    expect(world.simulator.calls).toHaveLength(1);
  });
});

describe('at the limits', () => {
  it.each([
    ['a second before the end of the window', 3 - SECOND, true],
    ['a second after the end of the window', 3 + SECOND, false],
  ])('a call counts %s: %s hours ago', async (_name, hoursAgo, skipped) => {
    world.called(hoursAgo);

    expect(await place({ maximumCalls: 1, withinHours: 3 })).toMatchObject({ skipped });
    expect(await place({ minimumHoursBetween: 3 })).toMatchObject({ skipped: true });
  });

  it('parts of an hour are possible', async () => {
    world.called(0.4);

    expect(await place({ minimumHoursBetween: '0.5' })).toMatchObject({ skipped: true });
    expect(await place({ minimumHoursBetween: '0.25' })).toMatchObject({ skipped: false });
  });
});

describe('callable_at', () => {
  const of = async (attempts: Attempts, rules?: CallingRulesInput) =>
    (await place(attempts, rules)).callable_at;

  it('is the time at which one call fewer than the maximum is in the window', async () => {
    for (const hours of [1, 2, 4, 7]) world.called(hours - 30 * SECOND);

    expect(await of({ maximumCalls: 1, withinHours: 10 })).toBe('2026-12-01T19:01:00Z');
    expect(await of({ maximumCalls: 2, withinHours: 10 })).toBe('2026-12-01T18:01:00Z');
    expect(await of({ maximumCalls: 4, withinHours: 10 })).toBe('2026-12-01T13:01:00Z');
    expect(await of({ maximumCalls: 5, withinHours: 10 })).toBeNull();
  });

  it('is the later one of both rules', async () => {
    for (const hours of [1, 5]) world.called(hours - 30 * SECOND);

    expect(await of({ maximumCalls: 2, withinHours: 6, minimumHoursBetween: 1.5 })).toBe(
      '2026-12-01T11:01:00Z',
    );
    expect(await of({ maximumCalls: 2, withinHours: 6, minimumHoursBetween: 4 })).toBe(
      '2026-12-01T13:01:00Z',
    );
  });

  it('is within the calling hours, by the clock of the number', async () => {
    world.called(1 - 30 * SECOND);
    const callingHours = OFFICE_HOURS;

    // 10:00 + 8 hours is 18:01 in Berlin. 10:00 + 12 hours is 22:01.
    expect(await of({ minimumHoursBetween: 8 }, { callingHours })).toBe(
      '2026-12-01T18:01:00+01:00',
    );
    expect(await of({ minimumHoursBetween: 12 }, { callingHours })).toBe(
      '2026-12-02T09:00:00+01:00',
    );
    // Saturday afternoon, so Monday.
    expect(await of({ minimumHoursBetween: 100 }, { callingHours })).toBe(
      '2026-12-07T09:00:00+01:00',
    );
  });

  it('is null if another rule never allows a call', async () => {
    world.called(1);

    expect(await of({ minimumHoursBetween: 8 }, { doNotCall: NUMBER })).toBeNull();
  });

  it('is a time at which the call is placed', async () => {
    for (const hours of [1, 2.5]) world.called(hours);
    const attempts = { maximumCalls: 2, withinHours: 7.25, minimumHoursBetween: 2.1 };
    const at = await of(attempts, { callingHours: OFFICE_HOURS });
    world.clock.advance(Date.parse(String(at)) - TUESDAY);

    expect(await place(attempts, { callingHours: OFFICE_HOURS })).toMatchObject({ skipped: false });
    expect((world.clock.now() - TUESDAY) / HOUR).toBe(4.75);
  });
});

describe('limits that are no numbers', () => {
  it.each<[Attempts, RegExp]>([
    [{ maximumCalls: 0, withinHours: 1 }, /^Maximum Calls must be a whole number from 1 to 100/],
    [{ maximumCalls: 1.5, withinHours: 1 }, /^Maximum Calls must be a whole number/],
    [{ maximumCalls: 'many', withinHours: 1 }, /^Maximum Calls must be/],
    [{ maximumCalls: 2, withinHours: 0 }, /^Maximum Calls Within must be a number of hours/],
    [{ maximumCalls: 2 }, /^Maximum Calls Within is empty, but Maximum Calls is filled in/],
    [{ withinHours: 2 }, /^Maximum Calls is empty, but Maximum Calls Within is filled in/],
    [{ minimumHoursBetween: -1 }, /^Minimum Hours Between Calls must be a number of hours/],
    [{ minimumHoursBetween: 'soon' }, /^Minimum Hours Between Calls must be a number of hours/],
    [{ minimumHoursBetween: 1e6 }, /^Minimum Hours Between Calls must be a number of hours/],
  ])('are refused: %j', async (attempts, message) => {
    const error = await rejectionOf(place(attempts));

    expect(error).toMatchObject({ kind: 'InvalidInput', callPlaced: 'no' });
    expect(error.message).toMatch(message);
    expect(world.requests()).toEqual([]);
  });
});
