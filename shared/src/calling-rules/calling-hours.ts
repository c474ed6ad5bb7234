import type { Decision } from './decision';
import { DAY_MS, toWords, type NumberClocks, type ZoneClock } from './zone-clock';

/** How far to search for the next time within the hours. Dates without calls can be a year ahead. */
const MAX_SEARCH_MS = 367 * DAY_MS;

/** A part of a day, in milliseconds since local midnight. The end is not a part of it. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** When calls are allowed, by the clock of each time zone that counts. */
export interface CallingHours {
  /** 0 is Sunday. */
  readonly days: ReadonlySet<number>;
  readonly ranges: readonly TimeRange[];
  /** Dates without calls, in days since 1970. */
  readonly datesWithoutCalls: ReadonlySet<number>;
  /** The clock that counts. Undefined: the clocks of the number. */
  readonly clock: ZoneClock | undefined;
}

const LABEL = 'Calling Hours';
const GIVE_ZONE = 'To call the number, fill in Time Zone in Calling Hours.';

/** @param now in milliseconds since 1970 */
export function decideByHours(
  hours: CallingHours,
  { clocks, unknownBecause = '' }: NumberClocks,
  phoneNumber: string,
  now: number,
): Decision {
  const refused = { rule: LABEL, allows: false, reason: 'outside_calling_hours' } as const;
  if (clocks.length === 0) {
    const explanation = `The time zone of ${phoneNumber} is not known, because ${unknownBecause}. ${GIVE_ZONE}`;
    return { ...refused, until: null, explanation };
  }
  const outside = clocks.find((clock) => !isWithin(hours, clock, now));
  if (outside === undefined) {
    return { rule: LABEL, allows: true, explanation: `${timeIn(clocks, now)}.` };
  }
  const until = nextTimeWithin(hours, clocks, now) ?? null;
  const never = `In the next year, it is never within the calling hours in all of its time zones (${clocks.length}). ${GIVE_ZONE}`;
  const explanation = `${timeIn([outside], now)}, outside the calling hours.${dayRefused(hours, outside, now)}`;
  return {
    ...refused,
    until,
    explanation: until === null ? `${explanation} ${never}` : explanation,
  };
}

/** Why the whole day is refused, as a sentence. Empty if only the time is. */
function dayRefused(hours: CallingHours, clock: ZoneClock, now: number): string {
  const local = now + clock.offsetAt(now);
  const date = Math.floor(local / DAY_MS);
  if (hours.datesWithoutCalls.has(date)) {
    return ` ${new Date(local).toISOString().slice(0, 10)} is one of the Dates Without Calls.`;
  }
  return hours.days.has(weekdayOf(date)) ? '' : ' This day is not one of the Calling Days.';
}

/** `It is Mon 21:14 in America/New_York` */
function timeIn([first, ...others]: readonly ZoneClock[], now: number): string {
  if (first === undefined) return '';
  const more = others.length === 0 ? '' : `, and within the hours in ${others.length} more zones`;
  return `It is ${toWords(now, first)} in ${first.zone}${more}`;
}

/** Whether it is within the hours by this clock. @param at milliseconds since 1970 */
export function isWithin(hours: CallingHours, clock: ZoneClock, at: number): boolean {
  return allowsLocal(hours, at + clock.offsetAt(at));
}

/**
 * The first time from `at` on that is within the hours by all clocks.
 * @returns undefined if there is no such time within a year
 */
export function nextTimeWithin(
  hours: CallingHours,
  clocks: readonly ZoneClock[],
  at: number,
): number | undefined {
  let time = at;
  while (time <= at + MAX_SEARCH_MS) {
    const next = clocks.reduce((latest, clock) => nextBy(clock, hours, latest, at), time);
    // All clocks were asked about the same time.
    if (next === time) return time;
    time = next;
  }
  return undefined;
}

/** The same for one clock. `Infinity` if there is none. */
function nextBy(clock: ZoneClock, hours: CallingHours, from: number, start: number): number {
  let time = from;
  while (time <= start + MAX_SEARCH_MS) {
    const local = time + clock.offsetAt(time);
    if (allowsLocal(hours, local)) return time;
    const candidate = time + (nextLocalChange(hours, local) - local);
    // The clocks may be changed before that.
    time = clock.nextChange(time, candidate) ?? candidate;
  }
  return Infinity;
}

function allowsLocal({ days, ranges, datesWithoutCalls }: CallingHours, local: number): boolean {
  const date = Math.floor(local / DAY_MS);
  if (!days.has(weekdayOf(date)) || datesWithoutCalls.has(date)) return false;
  const time = local - date * DAY_MS;
  return ranges.some(({ from, to }) => from <= time && time < to);
}

/** The next local time at which a range or a day begins. */
function nextLocalChange({ ranges }: CallingHours, local: number): number {
  const midnight = Math.floor(local / DAY_MS) * DAY_MS;
  const starts = [...ranges.map(({ from }) => midnight + from), midnight + DAY_MS];
  return Math.min(...starts.filter((start) => start > local));
}

/** 1970-01-01 was a Thursday. */
function weekdayOf(date: number): number {
  return (((date + 4) % 7) + 7) % 7;
}
