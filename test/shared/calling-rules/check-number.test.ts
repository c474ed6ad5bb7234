import { rejectionOf } from '../../support/refusal';
import { NUMBER, OFFICE_HOURS, startWorld, TUESDAY, HOUR, type World } from '../../support/rules';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.reset();
});
afterEach(() => {
  expect(world.simulator.callRequests).toEqual([]);
});
afterAll(() => world.simulator.stop());

describe('Check Number', () => {
  it('shows time zones and the last call with one request, without any rule', async () => {
    world.called(30, { ending: { disposition: 'busy' } });
    world.called(2.5, { ending: { disposition: 'interested', mappedDisposition: 'HOT' } });

    expect(await world.check({})).toEqual({
      phone_number: NUMBER,
      callable_now: true,
      callable_at: '2026-12-01T10:00:00Z',
      skip_reason: null,
      time_zones: [
        {
          time_zone: 'Europe/Berlin',
          local_time: '2026-12-01T11:00:00+01:00',
          within_hours: null,
        },
      ],
      attempts_in_window: null,
      last_outcome: 'answered',
      last_disposition: 'HOT',
      last_called_at: '2026-12-01T07:30:00.000Z',
      opted_out: false,
      rules: [],
      notes: [expect.stringMatching(/^Searched all 2 calls .* back to 2026-11-30\.$/)],
    });
    expect(world.requests()).toEqual(['GET']);
  });

  it('says what each rule says, also after one that refuses', async () => {
    world.reset(TUESDAY + 10 * HOUR);
    world.called(1, { ending: { disposition: 'do_not_call' } });
    const check = await world.check({
      doNotCall: NUMBER,
      doNotCallIfAsked: 'do_not_call',
      attempts: { maximumCalls: 1, withinHours: 2, minimumHoursBetween: 0.5 },
      callingHours: OFFICE_HOURS,
    });

    expect(check).toMatchObject({
      callable_now: false,
      callable_at: null,
      skip_reason: 'do_not_call',
      attempts_in_window: 1,
      opted_out: true,
      time_zones: [{ within_hours: false }],
    });
    expect(check.rules.map(({ rule, allows }) => [rule, allows])).toEqual([
      ['Do Not Call List', false],
      ['Do Not Call If They Asked', false],
      ['Maximum Calls', false],
      ['Minimum Hours Between Calls', true],
      ['Calling Hours', false],
    ]);
    expect(world.requests()).toEqual(['GET']);
  });

  it('says that a person opted out also without the rule, and nothing refuses then', async () => {
    world.called(1, { ending: { disposition: 'do_not_call' } });

    expect(await world.check({})).toMatchObject({ opted_out: true, callable_now: true });
  });

  it('gives the first time at which all rules allow a call', async () => {
    world.reset(TUESDAY + 8 * HOUR);
    world.called(1);
    const attempts = { minimumHoursBetween: 4 };

    expect(await world.check({ attempts, callingHours: OFFICE_HOURS })).toMatchObject({
      skip_reason: 'too_many_attempts',
      callable_at: '2026-12-02T09:00:00+01:00',
      time_zones: [{ within_hours: true }],
    });
  });

  it('says why there is no time zone', async () => {
    const input = { phoneNumber: '+18005550123' };
    const check = await world.check({ callingHours: OFFICE_HOURS }, input);

    expect(check).toMatchObject({ callable_now: false, callable_at: null, time_zones: [] });
    expect(check.notes.join(' ')).toContain('because it is a toll-free number');
  });

  it('counts only calls that were dialed to the number', async () => {
    world.called(1, { mode: 'smallwebrtc' });
    world.called(1, { direction: 'inbound' });
    world.called(1, { phoneNumber: `${NUMBER}1` });

    expect(await world.check({ attempts: { maximumCalls: 1, withinHours: 9 } })).toMatchObject({
      callable_now: true,
      attempts_in_window: 0,
      last_called_at: null,
      last_outcome: null,
    });
  });

  it('fails if the earlier calls cannot be read', async () => {
    const fault = { kind: 'status', callPlaced: false, status: 403 } as const;
    world.simulator.faults.add({ on: 'runs', fault });

    expect(await rejectionOf(world.check({}))).toMatchObject({
      kind: 'PermissionDenied',
      callPlaced: 'no',
    });
  });
});
