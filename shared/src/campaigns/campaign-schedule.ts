import { isWithin, type CallingHours } from '../calling-rules/calling-hours';
import { DAY_MS, MINUTE_MS, ZoneClock } from '../calling-rules/zone-clock';
import type { ScheduleRequest, ScheduleSlot } from '../contract/types.gen';
import { inputError } from '../errors/input-error';
import { toMinutes } from '../input/duration';

const MINUTES_PER_DAY = DAY_MS / MINUTE_MS;
const MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY;
/** How long the zones are compared. A campaign takes days. */
const MAX_CAMPAIGN_MS = 366 * DAY_MS;
/** Dograh's maximum. */
const MAX_SLOTS = 50;
/** 1970-01-05 was a Monday, the first day of a week in Dograh. */
const FIRST_MONDAY = 4 * DAY_MS;

/** Contacts per batch. Dograh checks the hours before each batch, not before each call. */
const BATCH = 10;
/** How long a contact of a batch waits for a call to end. Then Dograh gives up. */
const MAX_WAIT_MS = 600_000;
/** To find out that the hours are over, and to dial. */
const REACTION_MS = 2 * MINUTE_MS;

/**
 * How long before the end of the calling hours the last batch may begin. Each contact of a batch beyond the concurrency
 * waits for another call to end, at most ten minutes. One such wait is always possible, because other calls of the
 * organization use the same lines.
 * @param concurrency calls at the same time
 */
export function marginMs(concurrency: number): number {
  return REACTION_MS + Math.max(1, BATCH - concurrency) * MAX_WAIT_MS;
}

/**
 * Dograh's schedule for calling hours, which must be kept in every zone. Dograh has one zone per schedule. So the hours
 * are those of the first zone at which all zones are within the hours, on every day of the next year.
 * @param zones at least one
 * @throws InvalidInputError if nothing is left of the hours
 */
export function scheduleFor(
  hours: CallingHours,
  clocks: readonly ZoneClock[],
  concurrency: number,
  now: number,
): ScheduleRequest {
  const [first] = clocks;
  if (first === undefined) throw new RangeError('A schedule needs a zone.');
  const margin = marginMs(concurrency);
  const allowed = minutesOfWeek(hours, clocks, first, now);
  const slots = rangesOf(allowed)
    .map(({ from, to, isEndless }) => ({ from, to: isEndless ? to : to - margin / MINUTE_MS }))
    .filter(({ from, to }) => from < to)
    .flatMap(byDay);
  if (slots.length > 0 && slots.length <= MAX_SLOTS) {
    return { enabled: true, timezone: first.zone, slots };
  }
  const zones = clocks.map(({ zone }) => zone).join(', ');
  throw inputError(
    `Calling Hours leave no time for a campaign in ${zones}.`,
    `The hours must be kept in all of these zones at once. They end ${toMinutes(margin)} early, because Dograh checks them only before each batch of ${BATCH} contacts. Use longer hours or a higher Concurrency, or fill in Time Zone.`,
  );
}

/** Dates cannot be part of Dograh's schedule. @throws InvalidInputError for a date that is not over */
export function assertNoDates({ datesWithoutCalls }: CallingHours, now: number): void {
  const yesterday = Math.floor(now / DAY_MS) - 1;
  const date = [...datesWithoutCalls].find((day) => day >= yesterday);
  if (date === undefined) return;
  const text = new Date(date * DAY_MS).toISOString().slice(0, 10);
  throw inputError(
    `A campaign cannot leave out ${text}, because Dograh's schedule has only days of the week.`,
    'Clear Dates Without Calls, and pause the campaign on these dates.',
  );
}

/** By minute of the first zone's week, whether all zones are within the hours whatever their offsets are then. */
function minutesOfWeek(
  hours: CallingHours,
  clocks: readonly ZoneClock[],
  first: ZoneClock,
  now: number,
): readonly boolean[] {
  const differences = differencesTo(first, clocks, now);
  const local = new ZoneClock('UTC');
  return Array.from({ length: MINUTES_PER_WEEK }, (_, minute) => {
    const at = FIRST_MONDAY + minute * MINUTE_MS;
    return differences.every((difference) => isWithin(hours, local, at + difference));
  });
}

/** How far the clocks of all zones can be ahead of the first one, in milliseconds. */
function differencesTo(
  first: ZoneClock,
  clocks: readonly ZoneClock[],
  now: number,
): readonly number[] {
  const times = clocks.flatMap((clock) => changesOf(clock, now));
  return [
    ...new Set(
      [now, ...times].flatMap((at) =>
        clocks.map((clock) => clock.offsetAt(at) - first.offsetAt(at)),
      ),
    ),
  ];
}

/** When the clock is changed in the next year. */
function changesOf(clock: ZoneClock, now: number): readonly number[] {
  const times: number[] = [];
  const end = now + MAX_CAMPAIGN_MS;
  for (let at = clock.nextChange(now, end); at !== undefined; at = clock.nextChange(at, end)) {
    times.push(at);
  }
  return times;
}

interface WeekRange {
  /** In minutes since the beginning of the week. */
  readonly from: number;
  /** Exclusive. More than a week if the range goes on in the next one. */
  readonly to: number;
  /** Whether it is the whole week. */
  readonly isEndless: boolean;
}

/** The ranges of allowed minutes. A range may go on after midnight, also from Sunday to Monday. */
function rangesOf(allowed: readonly boolean[]): readonly WeekRange[] {
  if (allowed.every(Boolean)) return [{ from: 0, to: MINUTES_PER_WEEK, isEndless: true }];
  const starts = allowed.flatMap((isAllowed, minute) =>
    isAllowed && allowed.at(minute - 1) !== true ? [minute] : [],
  );
  return starts.map((from) => {
    let to = from;
    while (allowed[to % MINUTES_PER_WEEK] === true) to += 1;
    return { from, to, isEndless: false };
  });
}

/** Dograh's slots end on the day on which they begin, at 23:59 at the latest. */
function byDay({ from, to }: Pick<WeekRange, 'from' | 'to'>): ScheduleSlot[] {
  const slots: ScheduleSlot[] = [];
  for (let start = from; start < to; ) {
    const midnight = (Math.floor(start / MINUTES_PER_DAY) + 1) * MINUTES_PER_DAY;
    const end = Math.min(to, midnight);
    const slot = {
      day_of_week: Math.floor(start / MINUTES_PER_DAY) % 7,
      start_time: timeOf(start % MINUTES_PER_DAY),
      end_time: end === midnight ? '23:59' : timeOf(end % MINUTES_PER_DAY),
    };
    if (slot.start_time < slot.end_time) slots.push(slot);
    start = end;
  }
  return slots;
}

function timeOf(minute: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
