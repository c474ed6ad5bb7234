import type { CallingHoursInput } from '../../../shared/src/calling-rules/parse-calling-hours';
import { rejectionOf } from '../../support/refusal';
import { OFFICE_HOURS, startWorld, TUESDAY, type World } from '../../support/rules';

let world: World;

beforeAll(async () => {
  world = await startWorld();
});
beforeEach(() => {
  world.reset();
});
afterAll(() => world.simulator.stop());

const place = (callingHours: CallingHoursInput, phoneNumber = '+4930123456') =>
  world.place({ callingHours }, { input: { phoneNumber } });

describe('times of a day', () => {
  it.each([
    ['11:00', '11:01', true],
    ['11', '12', true],
    ['11 am', '11:30 a.m.', true],
    ['9:00 AM', '5:30 PM', true],
    ['12 am', '12 pm', true],
    ['12 pm', '11:59 pm', false],
    ['00:00', '24:00', true],
    ['09:00:00', '20:00:00', true],
    [9, 20, true],
    ['\uff11\uff11:00', '12:00', true],
    [' 11:00\u200b', '\u00a012:00 ', true],
    ['10:59', '11:00', false],
    ['11:01', '12:00', false],
  ])('are read from %j to %j', async (from, to, isAllowed) => {
    expect(await place({ from, to })).toMatchObject({ skipped: !isAllowed });
  });

  it.each<[CallingHoursInput, RegExp]>([
    [{}, /^Calling Hours From /],
    [{ from: '09:00' }, /^Calling Hours To /],
    [{ from: '9.00', to: '20:00' }, /^Calling Hours From must be a time of day, not "9\.00"/],
    [{ from: '24:01', to: '24:30' }, /^Calling Hours From must be a time of day/],
    [{ from: '09:60', to: '20:00' }, /^Calling Hours From must be a time of day/],
    [{ from: '13 pm', to: '20:00' }, /^Calling Hours From must be a time of day/],
    [{ from: '0 am', to: '20:00' }, /^Calling Hours From must be a time of day/],
    [{ from: 900, to: 2000 }, /^Calling Hours From must be a time of day/],
    [{ from: '10:00', to: '10:00' }, /^Calling Hours To must be after Calling Hours From/],
    [{ from: '22:00', to: '06:00' }, /^Calling Hours To must be after Calling Hours From/],
    [{ ...OFFICE_HOURS, secondTo: '21:00' }, /^Second Hours From /],
    [{ ...OFFICE_HOURS, secondFrom: '21:00', secondTo: '20:30' }, /^Second Hours To must be after/],
    [{ ...OFFICE_HOURS, days: [] }, /^Calling Days is empty/],
    [{ ...OFFICE_HOURS, days: 'someday' }, /^Calling Days /],
    [{ ...OFFICE_HOURS, timeZone: 'CET' }, /^Time Zone must be a time zone with region and city/],
    [
      { ...OFFICE_HOURS, timeZone: '+01:00' },
      /^Time Zone must be a time zone with region and city/,
    ],
    [
      { ...OFFICE_HOURS, timeZone: 'Europe/Nowhere' },
      /^Time Zone must be a time zone with region and city/,
    ],
    [{ ...OFFICE_HOURS, datesWithoutCalls: ['2026-12-25', ''] }, /^Dates Without Calls: entry 2/],
    [{ ...OFFICE_HOURS, datesWithoutCalls: '2026-13-01' }, /"2026-13-01", which is not a date/],
    [{ ...OFFICE_HOURS, datesWithoutCalls: '12/25/2026' }, /"12\/25\/2026", which is not a date/],
    [{ ...OFFICE_HOURS, datesWithoutCalls: [20261225] }, /\(entry 1\), which is not a date/],
    [{ ...OFFICE_HOURS, datesWithoutCalls: '2027-02-29' }, /"2027-02-29", which is not a date/],
  ])('and other values are refused by name: %j', async (hours, message) => {
    const error = await rejectionOf(place(hours));

    expect(error).toMatchObject({ kind: 'InvalidInput', callPlaced: 'no' });
    expect(error.message).toMatch(message);
    expect(world.requests()).toEqual([]);
  });
});

describe('dates without calls', () => {
  it.each<[string, unknown]>([
    ['one', '2026-12-01'],
    ['one per line', '2026-11-30\r\n2026-12-01\n'],
    ['with commas', '2026-11-30, 2026-12-01'],
    ['a list', ['2026-12-01']],
    ['with a time, as n8n writes a date', ['2026-12-01T00:00:00.000+01:00']],
    ['a date of an expression', { toISODate: () => '2026-12-01' }],
    ['pasted', '\u200b2026\u201112\u201101'.normalize()],
  ])('are read: %s', async (_name, datesWithoutCalls) => {
    expect(await place({ ...OFFICE_HOURS, datesWithoutCalls })).toMatchObject({
      skipped: true,
      callable_at: '2026-12-02T09:00:00+01:00',
    });
  });

  it('count by the clock of the number', async () => {
    world.reset(Date.parse('2026-12-01T23:30:00Z'));
    const hours = { from: '00:00', to: '24:00', datesWithoutCalls: '2026-12-02' };

    expect(await place(hours)).toMatchObject({ callable_at: '2026-12-03T00:00:00+01:00' });
    expect(await place(hours, '+442079460123')).toMatchObject({ skipped: false });
  });
});

describe('the clock that counts', () => {
  it.each([
    ['America/New_York', '2026-12-01T09:00:00-05:00'],
    ['america/new york', '2026-12-01T09:00:00-05:00'],
    ['Asia/Kathmandu', null],
    ['Pacific/Chatham', '2026-12-02T09:00:00+13:45'],
  ])('is the given zone: %s', async (timeZone, callableAt) => {
    expect(await place({ ...OFFICE_HOURS, timeZone })).toMatchObject({
      skipped: callableAt !== null,
      callable_at: callableAt,
    });
    expect(world.clock.now()).toBe(TUESDAY);
  });

  it.each(['+18005550123', '+4980012345678', '+80012345678', '+498001234567'])(
    'is not known for %s, which is said, and it is called with a zone',
    async (phoneNumber) => {
      const result = await world.place(
        { callingHours: OFFICE_HOURS },
        { input: { phoneNumber, phoneNumberRules: { format: 'any' } } },
      );
      expect(result).toMatchObject({ skip_reason: 'outside_calling_hours', callable_at: null });
      expect(result.notes[0]).toMatch(/The time zone of \+\d+ is not known, because .*Time Zone/);
      expect(world.simulator.calls).toHaveLength(0);

      const callingHours = { ...OFFICE_HOURS, timeZone: 'Europe/Berlin' };
      const input = { phoneNumber, phoneNumberRules: { format: 'any' } };
      expect(await world.place({ callingHours }, { input })).toMatchObject({ skipped: false });
    },
  );

  it('is not known for a SIP address', async () => {
    const input = { phoneNumber: 'sip:ann@example.com', phoneNumberRules: { format: 'any' } };

    expect(await world.place({ callingHours: OFFICE_HOURS }, { input })).toMatchObject({
      skip_reason: 'outside_calling_hours',
      callable_at: null,
    });
    expect(world.simulator.calls).toHaveLength(0);
  });
});
