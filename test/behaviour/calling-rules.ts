import { outputOf, shownBy, type FieldsOfHosts, type Host } from '../../tools/hosts/host';
import { startSimulator, type Fault, type PastRun, type Simulator } from '../../tools/simulator';
import { setDate, type HostDate } from '../support/host-date';

/** In Berlin. */
const NUMBER = '+4930123456';
/** A Tuesday: 11:00 in Berlin, 05:00 in New York. */
const TUESDAY = '2026-12-01T10:00:00Z';
/** 20:30 in Berlin. */
const EVENING = '2026-12-01T19:30:00Z';
const HOUR = 3_600_000;
const OFFICE = { from: '09:00', to: '20:00' };

/** The rules of a form, by what they mean. */
interface Rules {
  readonly hours?: {
    readonly from: string;
    readonly to: string;
    readonly days?: readonly string[];
    readonly second?: readonly [string, string];
    readonly dates?: string;
    readonly zone?: string;
  };
  readonly list?: string;
  readonly asked?: string;
  readonly maximum?: readonly [calls: number, hours: number];
  readonly pause?: number;
  readonly country?: string;
}

/** Registers the tests of the calling rules in the form of either host. */
export function followsCallingRules(host: Host): void {
  describe(`the calling rules in ${host.name}`, () => {
    let simulator: Simulator;
    let date: HostDate | undefined;

    beforeAll(async () => {
      simulator = await startSimulator({ dialMs: 1, ringMs: 1, callDurationMs: 1 });
    });
    beforeEach(() => {
      simulator.reset();
    });
    afterEach(() => {
      date?.restore();
      expect(simulator.contractViolations).toEqual([]);
    });
    afterAll(() => simulator.stop());

    const callOf = (rules: Rules, phoneNumber = NUMBER) => ({
      apiKey: simulator.world.acme.apiKey,
      baseUrl: simulator.url,
      agent: { by: 'triggerId', value: 'lead-qualifier' } as const,
      phoneNumber,
      fields: fieldsOf(rules),
    });
    const call = async (rules: Rules, { at = TUESDAY, phoneNumber = NUMBER } = {}) => {
      date?.restore();
      date = setDate(at);
      return host.triggerCall(callOf(rules, phoneNumber));
    };
    const resultOf = async (...given: Parameters<typeof call>) => outputOf(await call(...given));
    const called = (hoursAgo: number, past: PastRun = {}): void => {
      const createdAt = new Date(Date.parse(TUESDAY) - hoursAgo * HOUR).toISOString();
      simulator.addRun({ phoneNumber: NUMBER, createdAt, ...past });
    };
    const reasons = (output: Record<string, unknown>) => [output['skipped'], output['skip_reason']];
    const PLACED = [false, undefined];
    const placedOr = (output: Record<string, unknown>) =>
      output['skip_reason'] === null ? PLACED : reasons(output);
    const OUTSIDE = [true, 'outside_calling_hours'];
    const calls = () => simulator.calls.length;

    describe('with calling hours', () => {
      it('skip a call outside of them, and say when it is allowed', async () => {
        const output = await resultOf({ hours: OFFICE }, { at: EVENING });

        expect(output).toMatchObject({
          skipped: true,
          skip_reason: 'outside_calling_hours',
          callable_at: '2026-12-02T09:00:00+01:00',
          status: 'skipped',
          phone_number: NUMBER,
        });
        expect(output['workflow_run_id'] ?? null).toBeNull();
        expect(String(output['notes'])).toContain('It is Tue 20:30 in Europe/Berlin');
        expect(simulator.requests).toEqual([]);
      });

      it('place a call within them', async () => {
        expect(placedOr(await resultOf({ hours: OFFICE }))).toEqual(PLACED);
        expect(calls()).toBe(1);
      });

      it.each<[string, Rules['hours'] & object, string, boolean]>([
        ['the end is not a part of them', OFFICE, '2026-12-01T19:00:00Z', false],
        ['Saturday is no default day', OFFICE, '2026-12-05T10:00:00Z', false],
        ['Saturday is chosen', { ...OFFICE, days: ['saturday'] }, '2026-12-05T10:00:00Z', true],
        [
          'a date is excluded',
          { ...OFFICE, dates: '2026-11-30\n2026-12-01' },
          '2026-12-01T10:00:00Z',
          false,
        ],
        [
          'between two ranges',
          { from: '9 am', to: '12:00', second: ['2 pm', '18:00'] },
          '2026-12-01T12:00:00Z',
          false,
        ],
        [
          'in the second range',
          { from: '9 am', to: '12:00', second: ['2 pm', '18:00'] },
          '2026-12-01T13:00:00Z',
          true,
        ],
        ['in another zone', { ...OFFICE, zone: 'America/New_York' }, '2026-12-01T10:00:00Z', false],
        ['the end of the day', { from: '00:00', to: '24:00' }, '2026-12-01T22:59:59Z', true],
      ])('know whether a call is allowed: %s', async (_name, hours, at, isAllowed) => {
        expect(placedOr(await resultOf({ hours }, { at }))).toEqual(isAllowed ? PLACED : OUTSIDE);
        expect(calls()).toBe(isAllowed ? 1 : 0);
      });

      it('must allow a call in all zones of the number', async () => {
        const phoneNumber = '+61412345678';
        // In Sydney it is 9:30, but in Perth 6:30.
        const morning = { at: '2026-11-30T22:30:00Z', phoneNumber };
        // 16:30 and 13:30.
        const afternoon = { at: '2026-12-01T05:30:00Z', phoneNumber };

        expect(reasons(await resultOf({ hours: OFFICE }, morning))).toEqual(OUTSIDE);
        expect(placedOr(await resultOf({ hours: OFFICE }, afternoon))).toEqual(PLACED);
        expect(calls()).toBe(1);
      });

      it('call a toll-free number only with a time zone, and say so', async () => {
        const phoneNumber = '+18005550123';
        const output = await resultOf({ hours: OFFICE }, { phoneNumber });

        expect(reasons(output)).toEqual(OUTSIDE);
        expect(output['callable_at'] ?? null).toBeNull();
        expect(String(output['notes'])).toMatch(/is a toll-free number.*fill in Time Zone/);
        expect(calls()).toBe(0);

        const hours = { ...OFFICE, zone: 'europe/berlin' };
        expect(placedOr(await resultOf({ hours }, { phoneNumber }))).toEqual(PLACED);
        expect(calls()).toBe(1);
      });

      it.each<[Rules['hours'] & object, RegExp]>([
        [{ from: '25:00', to: '26:00' }, /Calling Hours From must be a time of day, not "25:00"/],
        [{ from: '20:00', to: '09:00' }, /Calling Hours To must be after Calling Hours From/],
        [{ ...OFFICE, second: ['14:00', ''] }, /Second Hours To must be a time of day/],
        [
          { ...OFFICE, zone: 'EST' },
          /Time Zone must be a time zone with region and city, not "EST"/,
        ],
        [{ ...OFFICE, dates: '2026-12-25\n2026-02-30' }, /contains "2026-02-30", which is not a/],
        [{ ...OFFICE, dates: '25.12.2026' }, /contains "25.12.2026", which is not a date/],
      ])('refuse %j and name the field', async (hours, message) => {
        expect(shownBy(await call({ hours }))).toMatch(message);
        expect(simulator.requests).toEqual([]);
      });
    });

    describe('with a do-not-call list', () => {
      it.each<[string, Rules]>([
        ['one number per line', { list: '+4930999999\n+49 30 12 34 56\n' }],
        ['dashes and spaces from a web page', { list: '+49\u00a030\u2011123\u2013456' }],
        ['a link', { list: 'tel:+49-30-123456' }],
        ['invisible marks', { list: '\u202a+4930123456\u202c' }],
        ['other digits', { list: '+\u0664\u0669\u0663\u0660\u0661\u0662\u0663\u0664\u0665\u0666' }],
        ['a national number', { list: '(030) 123456', country: 'DE' }],
        ['a list as text', { list: '["+4930999999", "+4930123456"]' }],
      ])('skip a number of it: %s', async (_name, rules) => {
        const output = await resultOf(rules);

        expect(reasons(output)).toEqual([true, 'do_not_call']);
        expect(output['callable_at'] ?? null).toBeNull();
        expect(simulator.requests).toEqual([]);
      });

      it('place a call to any other number', async () => {
        expect(placedOr(await resultOf({ list: '+493012345\n+49301234567' }))).toEqual(PLACED);
        expect(calls()).toBe(1);
      });

      it.each(['+4930999999\nAnn Smith', '030 123456', '+49 30 123456 ext'])(
        'refuse an entry that is no number: %j',
        async (list) => {
          expect(shownBy(await call({ list }))).toMatch(
            /Do Not Call List contains ".+", which is not a phone number\./,
          );
          expect(simulator.requests).toEqual([]);
        },
      );
    });

    describe('with dispositions of people who asked', () => {
      it.each<[string, PastRun]>([
        [
          'years ago',
          { ending: { disposition: 'do_not_call' }, createdAt: '2020-01-01T00:00:00Z' },
        ],
        ['written with dashes', { ending: { disposition: 'Do-Not-Call' } }],
        ['as the code of the organization', { ending: dnc('removed', 'do not call') }],
        ['with a code of the organization', { ending: dnc('do_not_call', 'X7') }],
        ['among others', { ending: { disposition: 'do_not_call,angry' } }],
      ])('skip the number: %s', async (_name, past) => {
        called(5, past);
        called(1);

        expect(reasons(await resultOf({ asked: 'wrong_number, do_not_call' }))).toEqual([
          true,
          'do_not_call',
        ]);
        expect(calls()).toBe(0);
      });

      it('place a call after another disposition, or to another number', async () => {
        called(5, { ending: { disposition: 'do_not_call_yet' } });
        called(5, { ending: { disposition: 'do_not_call' }, phoneNumber: `${NUMBER}7` });

        expect(placedOr(await resultOf({ asked: 'do_not_call' }))).toEqual(PLACED);
        expect(calls()).toBe(1);
      });

      it('place no call if the earlier calls cannot be read', async () => {
        const fault: Fault = { kind: 'status', callPlaced: false, status: 403 };
        simulator.faults.add({ on: 'runs', fault, times: Infinity });

        expect(shownBy(await call({ asked: 'do_not_call' }))).toContain(
          'This number was not dialed.',
        );
        expect(simulator.callRequests).toEqual([]);
      });
    });

    describe('with limits of attempts', () => {
      it('skip the number after the maximum, and say when it is allowed', async () => {
        called(3 - 30 / 3_600);
        called(1);
        const output = await resultOf({ maximum: [2, 4] });

        expect(reasons(output)).toEqual([true, 'too_many_attempts']);
        expect(output['callable_at']).toBe('2026-12-01T11:01:00Z');
        expect(calls()).toBe(0);
      });

      it.each<[string, Rules, boolean]>([
        ['fewer calls than the maximum', { maximum: [3, 4] }, true],
        ['calls before the hours of the maximum', { maximum: [2, 2] }, true],
        ['a call within the pause', { pause: 1.5 }, false],
        ['a call before the pause', { pause: 0.9 }, true],
        ['a pause of 0', { pause: 0 }, true],
      ])('count the earlier calls: %s', async (_name, rules, isAllowed) => {
        called(3);
        called(1, {
          ending: { disposition: 'busy' },
          agent: simulator.world.agents.deliveryUpdate,
        });

        expect(placedOr(await resultOf(rules))).toEqual(
          isAllowed ? PLACED : [true, 'too_many_attempts'],
        );
        expect(calls()).toBe(isAllowed ? 1 : 0);
      });
    });

    it('check all rules with one request before the call', async () => {
      called(30);
      const rules: Rules = {
        hours: OFFICE,
        list: '+4930999999',
        asked: 'do_not_call',
        maximum: [3, 24],
        pause: 2,
      };
      await resultOf(rules);

      expect(simulator.requests.map(({ method }) => method)).toEqual(['GET', 'POST']);
    });

    it('are shown in a preview, which dials no phone', async () => {
      date = setDate(EVENING);
      const shown = outputOf(await host.previewCall(callOf({ hours: OFFICE, list: NUMBER })));

      expect(shown['calling_rules']).toMatchObject({
        callable_now: false,
        skip_reason: 'do_not_call',
        rules: [
          { rule: 'Do Not Call List', allows: false },
          { rule: 'Calling Hours', allows: false },
        ],
      });
      expect(simulator.callRequests).toEqual([]);
    });
  });
}

function dnc(disposition: string, mappedDisposition: string): PastRun['ending'] & object {
  return { disposition, mappedDisposition };
}

/** The rules as the forms of both hosts have them. */
export function fieldsOf({ hours, list, asked, maximum, pause, country }: Rules): FieldsOfHosts {
  return {
    n8n: {
      ...(hours && {
        callingHours: {
          values: {
            from: hours.from,
            to: hours.to,
            days: hours.days ?? ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
            datesWithoutCalls: hours.dates ?? '',
            secondFrom: hours.second?.[0] ?? '',
            secondTo: hours.second?.[1] ?? '',
            timeZone: hours.zone ?? '',
          },
        },
      }),
      ...(maximum && {
        attempts: { values: { maximumCalls: maximum[0], withinHours: maximum[1] } },
      }),
      doNotCall: list,
      doNotCallIfAsked: asked,
      minimumHoursBetween: pause,
      defaultCountry: country,
    },
    zapier: {
      calling_hours_from: hours?.from,
      calling_hours_to: hours?.to,
      calling_days: hours?.days,
      second_hours_from: hours?.second?.[0],
      second_hours_to: hours?.second?.[1],
      dates_without_calls: hours?.dates,
      time_zone: hours?.zone,
      do_not_call: list,
      do_not_call_if_asked: asked,
      maximum_calls: maximum?.[0],
      maximum_calls_within: maximum?.[1],
      minimum_hours_between: pause,
      default_country: country,
    },
  };
}
