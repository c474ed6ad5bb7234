import { parseCallingHours } from '../../../shared/src/calling-rules/parse-calling-hours';
import { ZoneClock } from '../../../shared/src/calling-rules/zone-clock';
import { marginMs, scheduleFor } from '../../../shared/src/campaigns/campaign-schedule';
import type { ScheduleRequest } from '../../../shared/src/contract/types.gen';
import { randomFrom } from '../../../tools/support/random';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ZONES = [
  ...['America/New_York', 'America/Chicago', 'America/Denver', 'America/Phoenix'],
  ...['America/Los_Angeles', 'Pacific/Honolulu', 'Europe/London', 'Europe/Berlin'],
  ...['Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Australia/Sydney'],
  ...['Pacific/Chatham', 'America/Santiago', 'Africa/Cairo', 'UTC'],
];
const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const NAMES = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** The local weekday and time by `Intl`, without any of our own code. */
function localTime(zone: string, at: number): { day: number; time: string } {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const of = (type: string): string => parts.find((part) => part.type === type)?.value ?? '';
  return { day: DAYS.indexOf(of('weekday')), time: `${of('hour')}:${of('minute')}` };
}

/** Whether Dograh begins a batch. */
function isOpen({ slots, timezone = 'UTC' }: ScheduleRequest, at: number): boolean {
  const { day, time } = localTime(timezone, at);
  return slots.some(
    ({ day_of_week: own, start_time: start, end_time: end }) =>
      own === (day + 6) % 7 && start <= time && time < end,
  );
}

describe('the schedule of a campaign', () => {
  it('begins no batch whose last call could be outside the hours in one of the zones', () => {
    const random = randomFrom(20);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
    let openTimes = 0;
    let schedules = 0;
    for (let round = 0; round < 120; round += 1) {
      const zones = [
        ...new Set(Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(ZONES))),
      ];
      const days = NAMES.filter(() => random() < 0.7);
      const from = Math.floor(random() * 12);
      const to = from + 4 + Math.floor(random() * (20 - from));
      const pad = (hour: number): string => `${String(Math.min(hour, 24)).padStart(2, '0')}:00`;
      const concurrency = 1 + Math.floor(random() * 12);
      const hours = parseCallingHours({
        days: days.length === 0 ? ['monday'] : days,
        from: pad(from),
        to: pad(to),
      });
      const now = Date.UTC(2026, 11, 1) + Math.floor(random() * 200) * DAY;
      let schedule: ScheduleRequest;
      try {
        schedule = scheduleFor(
          hours,
          zones.map((zone) => new ZoneClock(zone)),
          concurrency,
          now,
        );
      } catch {
        continue;
      }
      schedules += 1;
      for (let sample = 0; sample < 150; sample += 1) {
        const at = now + Math.floor(random() * 365 * DAY);
        if (!isOpen(schedule, at)) continue;
        openTimes += 1;
        // The last contact of the batch is dialed then at the latest.
        for (const dialed of [at, at + marginMs(concurrency) - MINUTE]) {
          const outside = zones.filter((zone) => {
            const { day, time } = localTime(zone, dialed);
            const isDay = (days.length === 0 ? ['monday'] : days).includes(NAMES[day] ?? '');
            return !isDay || time < pad(from) || time >= pad(to);
          });
          expect({
            zones,
            dialed: new Date(dialed).toISOString(),
            hours: [pad(from), pad(to)],
            outside,
          }).toMatchObject({ outside: [] });
        }
      }
    }
    expect(schedules).toBeGreaterThan(60);
    expect(openTimes).toBeGreaterThan(500);
  });

  it('uses all of the hours of a single zone except the margin', () => {
    const hours = parseCallingHours({ from: '09:00', to: '20:00' });
    const schedule = scheduleFor(
      hours,
      [new ZoneClock('America/New_York')],
      10,
      Date.UTC(2026, 11, 1),
    );

    expect(schedule).toEqual({
      enabled: true,
      timezone: 'America/New_York',
      slots: [0, 1, 2, 3, 4].map((day) => ({
        day_of_week: day,
        start_time: '09:00',
        end_time: '19:48',
      })),
    });
  });

  it('goes on over midnight, and over the end of the week', () => {
    const every = { days: NAMES, from: '00:00', to: '24:00' };
    const always = scheduleFor(parseCallingHours(every), [new ZoneClock('UTC')], 10, 0);
    expect(always.slots).toHaveLength(7);
    expect(always.slots[0]).toEqual({ day_of_week: 0, start_time: '00:00', end_time: '23:59' });

    const weekend = { days: ['sunday', 'monday'], from: '00:00', to: '24:00' };
    const { slots } = scheduleFor(parseCallingHours(weekend), [new ZoneClock('UTC')], 10, 0);
    expect(slots).toEqual([
      { day_of_week: 6, start_time: '00:00', end_time: '23:59' },
      { day_of_week: 0, start_time: '00:00', end_time: '23:48' },
    ]);
  });

  it('is refused if nothing is left', () => {
    const hours = parseCallingHours({ from: '09:00', to: '10:00' });
    const zones = ['Europe/London', 'Asia/Kolkata'].map((zone) => new ZoneClock(zone));

    expect(() => scheduleFor(hours, zones, 10, 0)).toThrow(
      /leave no time .* Europe\/London, Asia\/Kolkata/,
    );
  });
});
