import { DograhClient, parseCredentials, timeZonesOf, type CallResult } from '@dograh/shared';
import type { CallingHoursInput } from '../../../shared/src/calling-rules/parse-calling-hours';
import { randomFrom } from '../../../tools/support/random';
import { DrivenClock } from '../../support/clocks';
import { clockChanges, wallClock } from './wall-clock';

const PAIRS = 12_000;
const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const DAY = 86_400_000;
const START = Date.parse('2026-01-01T00:00:00Z');
const END = Date.parse('2028-02-01T00:00:00Z');
const DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

const NUMBERS = [
  ...['+4930123456', '+442079460123', '+33142685300', '+34912345678', '+351212345678'],
  ...['+12125550123', '+13125550123', '+16025550123', '+17095550123', '+19075550123'],
  // Half hours and quarter hours.
  ...['+912228403221', '+9779841234567', '+982188776655', '+9592123456', '+61255500123'],
  // The south, and zones that change at other times.
  ...['+61412345678', '+61893001234', '+6433051234', '+64211234567', '+56221234567'],
  ...['+595211234567', '+212522123456', '+5511912345678', '+525512345678', '+526861234567'],
  // One country, many zones.
  ...['+77011234567', '+62812345678', '+243812345678', '+298211234', '+972502345678'],
];
/** Zones that no number above is in. */
const ZONES = [
  ...['Australia/Lord_Howe', 'Pacific/Chatham', 'Asia/Kathmandu', 'Asia/Kolkata', 'Africa/Cairo'],
  ...['America/St_Johns', 'Antarctica/Troll', 'Pacific/Kiritimati', 'America/Asuncion', 'UTC'],
  ...['America/Santiago', 'Pacific/Easter', 'Africa/Casablanca', 'Asia/Beirut', 'Asia/Gaza'],
];

const clock = new DrivenClock();
let posts = 0;
const client = new DograhClient({
  ...parseCredentials({ apiKey: 'dg_0123456789', baseUrl: 'http://127.0.0.1:9' }, 'private'),
  transport: {
    send: () => {
      posts += 1;
      const body = { status: 'initiated', workflow_run_id: posts, workflow_run_name: 'Run' };
      return Promise.resolve({ status: 200, headers: {}, body });
    },
  },
  clock,
});

/** Hours as a test reads them. */
interface Hours {
  readonly days: readonly string[];
  readonly ranges: readonly (readonly [string, string])[];
  readonly dates: readonly string[];
  readonly timeZone: string | undefined;
}

interface Case {
  readonly phoneNumber: string;
  readonly zones: readonly string[];
  readonly hours: Hours;
  readonly at: number;
}

async function place({ phoneNumber, hours, at }: Case): Promise<CallResult> {
  clock.advance(at - clock.now());
  const call = client.prepare({
    agent: { by: 'triggerId', value: 'lead-qualifier' },
    phoneNumber,
    requireVariables: false,
    callingRules: { callingHours: inputOf(hours) },
  });
  return call.place();
}

function inputOf({ days, ranges, dates, timeZone }: Hours): CallingHoursInput {
  const [[from, to] = [], [secondFrom, secondTo] = []] = ranges;
  return { days, from, to, secondFrom, secondTo, datesWithoutCalls: dates.join('\n'), timeZone };
}

/** Whether all wall clocks show a time within the hours. */
function isAllowed({ zones, hours }: Case, at: number): boolean {
  return zones.every((zone) => {
    const { date, time } = wallClock(zone, at);
    const day = DAYS[new Date(`${date}T00:00:00Z`).getUTCDay()] ?? '';
    return (
      hours.days.includes(day) &&
      !hours.dates.includes(date) &&
      hours.ranges.some(([from, to]) => from <= time && time < to)
    );
  });
}

/** The first minute of a wait at which a call was allowed. Undefined if there is none. */
function missedMinute(one: Case, until: number, step: number): number | undefined {
  for (let at = Math.floor(one.at / MINUTE) * MINUTE; at < until; at += step) {
    if (isAllowed(one, at) && at >= one.at) return at;
  }
  return undefined;
}

describe(`${PAIRS} calls at random times with random hours`, () => {
  const cases = randomCases(randomFrom(7));
  const results: { readonly one: Case; readonly result: CallResult; readonly placed: boolean }[] =
    [];
  const wrong = (isWrong: (entry: (typeof results)[number]) => boolean): unknown[] =>
    results
      .filter(isWrong)
      .slice(0, 3)
      .map(({ one, result }) => [
        { ...one, at: new Date(one.at).toISOString() },
        result.callable_at,
      ]);
  const refused = () => results.filter(({ placed }) => !placed);
  const waits = () => refused().filter(({ result }) => result.callable_at !== null);

  beforeAll(async () => {
    for (const one of cases) {
      const before = posts;
      const result = await place(one);
      results.push({ one, result, placed: posts > before });
    }
  });

  it('contain both answers often enough, and many changes of clocks', () => {
    expect(results).toHaveLength(PAIRS);
    expect(results.length - refused().length).toBeGreaterThan(PAIRS / 12);
    expect(waits().length).toBeGreaterThan(PAIRS / 3);
    const acrossChange = waits().filter(({ one, result }) =>
      one.zones.some(
        (zone) =>
          hoursBetween(zone, one.at, Date.parse(String(result.callable_at))) !==
          (Date.parse(String(result.callable_at)) - one.at) / (60 * MINUTE),
      ),
    );
    expect(acrossChange.length).toBeGreaterThan(PAIRS / 20);
  });

  it('are placed only within the hours of each zone, and always then', () => {
    expect(wrong(({ one, placed }) => placed !== isAllowed(one, one.at))).toEqual([]);
  });

  it('are reported as skipped if and only if no request was sent', () => {
    expect(
      wrong(
        ({ result, placed }) =>
          result.skipped === placed ||
          result.skip_reason !== (placed ? null : 'outside_calling_hours') ||
          (result.workflow_run_id === null) === placed,
      ),
    ).toEqual([]);
  });

  it('can be placed at callable_at, which is a whole minute after the check', () => {
    expect(
      wrong(({ one, result: { callable_at: at } }) => {
        if (at === null) return false;
        const time = Date.parse(at);
        return time <= one.at || time % MINUTE !== 0 || !isAllowed(one, time);
      }),
    ).toEqual([]);
  });

  it('have a callable_at with the local time of the first zone', () => {
    expect(
      wrong(({ one: { zones }, result: { callable_at: at } }) => {
        if (at === null) return false;
        const { date, time } = wallClock(zones[0] ?? '', Date.parse(at));
        return !new RegExp(`^${date}T${time}:00[+-]\\d\\d:\\d\\d$`).test(at);
      }),
    ).toEqual([]);
  });

  it('cannot be placed a minute, or a quarter of an hour, before callable_at', () => {
    expect(
      wrong(({ one, result: { callable_at: at } }) => {
        if (at === null) return false;
        const time = Date.parse(at);
        if (time - MINUTE >= one.at && isAllowed(one, time - MINUTE)) return true;
        const from = Math.max(one.at, time - 2 * DAY);
        return missedMinute({ ...one, at: from }, time, QUARTER) !== undefined;
      }),
    ).toEqual([]);
  });

  it('cannot be placed at any earlier minute, in a sample', () => {
    const sample = waits().filter((_, index) => index % 40 === 0);

    expect(sample.length).toBeGreaterThan(100);
    expect(
      sample.filter(({ one, result }) => {
        const time = Math.min(Date.parse(String(result.callable_at)), one.at + 4 * DAY);
        return missedMinute(one, time, MINUTE) !== undefined;
      }),
    ).toEqual([]);
  });

  it('have no callable_at only if no quarter of an hour of the next year is allowed, in a sample', () => {
    const never = refused().filter(({ result }) => result.callable_at === null);
    const sample = never.filter((_, index) => index % Math.ceil(never.length / 12) === 0);

    expect(sample.length).toBeGreaterThan(5);
    expect(
      sample.filter(({ one }) => missedMinute(one, one.at + 366 * DAY, QUARTER) !== undefined),
    ).toEqual([]);
  });
});

describe('callable_at', () => {
  const at = Date.parse('2026-09-15T03:20:00Z');
  const of = (phoneNumber: string, hours: Partial<Hours>): Case => ({
    phoneNumber,
    zones: zonesOf(phoneNumber),
    hours: { days: DAYS, ranges: [['09:00', '20:00']], dates: [], timeZone: undefined, ...hours },
    at,
  });
  const datesFrom = (date: string, count: number): string[] =>
    Array.from({ length: count }, (_, index) =>
      new Date(Date.parse(date) + index * DAY).toISOString().slice(0, 10),
    );

  it.each<[string, string, Partial<Hours>]>([
    ['zones that are too far from each other', '+79161234567', { ranges: [['09:00', '17:00']] }],
    ['nine zones with one hour', '+61412345678', { ranges: [['08:00', '09:00']] }],
    [
      'two ranges that never meet',
      '+61412345678',
      {
        ranges: [
          ['08:00', '09:00'],
          ['16:00', '17:00'],
        ],
      },
    ],
    ['a year of dates without calls', '+4930123456', { dates: datesFrom('2026-09-14', 370) }],
  ])('is null for %s, and no minute of the year is allowed', async (_name, number, hours) => {
    const one = of(number, hours);

    expect(await place(one)).toMatchObject({ skipped: true, callable_at: null });
    // These hours begin and end with a quarter of an hour by all clocks.
    expect(missedMinute(one, at + 366 * DAY, QUARTER)).toBeUndefined();
  });

  it('is found after nearly a year of dates without calls', async () => {
    const one = of('+4930123456', { dates: datesFrom('2026-09-14', 360) });
    const result = await place(one);

    expect(result.callable_at).toBe('2027-09-09T09:00:00+02:00');
    expect(missedMinute(one, Date.parse('2027-09-09T09:00:00+02:00'), QUARTER)).toBeUndefined();
  });

  it('is the only minute of a week that all nine time zones share', async () => {
    const hours = { days: ['wednesday'], ranges: [['10:00', '14:31']] } as const;
    const one = { ...of('+61412345678', hours), at: Date.parse('2026-10-05T00:00:00Z') };

    // 10:00 on the Cocos Islands is 14:30 on Lord Howe Island.
    expect(await place(one)).toMatchObject({ callable_at: '2026-10-07T14:00:00+10:30' });
    expect(missedMinute(one, Date.parse('2026-10-07T03:30:00Z'), MINUTE)).toBeUndefined();
  });
});

function zonesOf(phoneNumber: string): readonly string[] {
  const found = timeZonesOf(phoneNumber);
  return 'zones' in found ? found.zones : [];
}

function hoursBetween(zone: string, from: number, to: number): number {
  const local = (at: number): number => {
    const { date, time } = wallClock(zone, at);
    return Date.parse(`${date}T${time}Z`) + (at % MINUTE);
  };
  return (local(to) - local(from)) / (60 * MINUTE);
}

function randomCases(random: () => number): Case[] {
  const int = (below: number): number => Math.floor(random() * below);
  const pick = <T>(from: readonly T[]): T => {
    const picked = from[int(from.length)];
    if (picked === undefined) throw new Error('Nothing to choose from.');
    return picked;
  };
  const changes = new Map<string, number[]>();
  const changesOf = (zone: string): number[] => {
    const known = changes.get(zone) ?? clockChanges(zone, START, END);
    changes.set(zone, known);
    return known;
  };
  const time = (minutes: number): string =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const range = (): [string, string] => {
    const step = pick([1, 15, 30, 60]);
    const from = int(1440 / step) * step;
    return [time(from), time(from + step + int((1440 - from - step) / step + 1) * step)];
  };
  const around = (middle: number): number => middle + (int(2 * 26 * 60) - 26 * 60) * MINUTE;
  const localMidnight = (zone: string, at: number): number => {
    const { time: shown } = wallClock(zone, at);
    const [hour, minute] = shown.split(':').map(Number);
    return at - (at % MINUTE) - (Number(hour) * 60 + Number(minute)) * MINUTE;
  };
  const moment = (zone: string, ranges: Hours['ranges']): number => {
    const anyTime = START + int((END - START) / MINUTE) * MINUTE;
    const changed = changesOf(zone);
    switch (int(10)) {
      case 0:
      case 1:
      case 2:
      case 3:
        return changed.length === 0 ? anyTime : around(pick(changed));
      case 4:
        return localMidnight(zone, anyTime) + (int(5) - 2) * MINUTE;
      case 5:
        return around(Date.parse(`${pick([2026, 2027, 2028])}-01-01T00:00:00Z`));
      case 6:
      case 7: {
        const [hour, minute] = pick(ranges.flat()).split(':').map(Number);
        const boundary =
          localMidnight(zone, anyTime) + (Number(hour) * 60 + Number(minute)) * MINUTE;
        return boundary + (int(3) - 1) * MINUTE;
      }
      default:
        return anyTime;
    }
  };
  return Array.from({ length: PAIRS }, () => {
    const phoneNumber = pick(NUMBERS);
    const timeZone = int(4) === 0 ? pick(ZONES) : undefined;
    const zones = timeZone === undefined ? zonesOf(phoneNumber) : [timeZone];
    const ranges = int(3) === 0 ? [range(), range()] : [range()];
    const at = moment(pick(zones), ranges) + pick([0, 0, 1, 59_999, int(MINUTE)]);
    const days = int(3) === 0 ? DAYS : DAYS.filter(() => int(3) > 0);
    const dates = Array.from({ length: int(3) === 0 ? int(6) : 0 }, () =>
      new Date(at + (int(8) - 1) * DAY).toISOString().slice(0, 10),
    );
    return {
      phoneNumber,
      zones,
      hours: { days: days.length === 0 ? ['monday'] : days, ranges, dates, timeZone },
      at,
    };
  });
}
