import { inputError } from '../errors/input-error';
import { quote } from '../errors/quote';
import { isBlank } from '../input/blank';
import { parseChoices } from '../input/choice';
import { cleanText, withPlainSigns } from '../input/text';
import { wrongValueError } from '../input/wrong-value';
import type { CallingHours, TimeRange } from './calling-hours';
import { entriesOf } from './entries';
import { DAY_MS, MINUTE_MS, ZoneClock } from './zone-clock';

/** Calling hours from a host's form, not yet checked. */
export interface CallingHoursInput {
  /** Names of weekdays, as a list or as text. Blank: Monday to Friday. */
  readonly days?: unknown;
  /** A time such as `09:00`. */
  readonly from?: unknown;
  /** A time such as `20:00`. `24:00` is the end of the day. */
  readonly to?: unknown;
  /** A second range of time, e.g. after a break. Blank: none. */
  readonly secondFrom?: unknown;
  readonly secondTo?: unknown;
  /** Dates such as `2026-12-25`, as a list or as text with one date per line. */
  readonly datesWithoutCalls?: unknown;
  /** An IANA time zone. Blank: the time zones of the number. */
  readonly timeZone?: unknown;
}

/** In the order of `Date.getUTCDay`. */
const WEEKDAYS = [
  'sunday',
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
] as const;
const MONDAY_TO_FRIDAY = WEEKDAYS.slice(1, 6);

const LABELS = {
  days: 'Calling Days',
  from: 'Calling Hours From',
  to: 'Calling Hours To',
  secondFrom: 'Second Hours From',
  secondTo: 'Second Hours To',
  dates: 'Dates Without Calls',
  zone: 'Time Zone',
} as const;

/** @throws InvalidInputError that names the field by its label */
export function parseCallingHours(input: CallingHoursInput): CallingHours {
  const first = parseRange(input.from, input.to, [LABELS.from, LABELS.to]);
  const hasSecond = !isBlank(input.secondFrom) || !isBlank(input.secondTo);
  const labels = [LABELS.secondFrom, LABELS.secondTo] as const;
  return {
    days: parseDays(input.days),
    ranges: hasSecond ? [first, parseRange(input.secondFrom, input.secondTo, labels)] : [first],
    datesWithoutCalls: parseDates(input.datesWithoutCalls),
    clock: isBlank(input.timeZone) ? undefined : parseTimeZone(input.timeZone),
  };
}

function parseDays(value: unknown): ReadonlySet<number> {
  const names = isBlank(value) ? MONDAY_TO_FRIDAY : parseChoices(LABELS.days, value, WEEKDAYS);
  if (names.length === 0) {
    throw inputError(
      `${LABELS.days} is empty, so no call would be allowed.`,
      'Choose at least one day.',
    );
  }
  return new Set(names.map((name) => WEEKDAYS.indexOf(name)));
}

function parseRange(from: unknown, to: unknown, labels: readonly [string, string]): TimeRange {
  const range = { from: parseTime(from, labels[0]), to: parseTime(to, labels[1]) };
  if (range.from < range.to) return range;
  throw inputError(
    `${labels[1]} must be after ${labels[0]}, not ${quote(to)} after ${quote(from)}.`,
    'Enter the hours in which calls are allowed, e.g. 09:00 to 20:00. They end on the same day, at 24:00 at the latest.',
  );
}

const TIME = /^(\d{1,2})(?::([0-5]\d))?(?::00)?\s*([ap])?\.?(?:m\.?)?$/i;

/** In milliseconds since midnight. */
function parseTime(value: unknown, label: string): number {
  const [, hours, minutes = '0', half] = TIME.exec(textOf(value)) ?? [];
  const hour = toHour(hours, half?.toLowerCase());
  const time = hour * 60 + Number(minutes);
  if (time <= 24 * 60) return time * MINUTE_MS;
  throw wrongValueError(label, 'a time of day', value, 'Use for example 09:00, or 5:30 pm.');
}

/** NaN if there is no such hour. */
function toHour(hours: string | undefined, half: string | undefined): number {
  const hour = Number(hours);
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return NaN;
  return (hour % 12) + (half === 'p' ? 12 : 0);
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number'
    ? withPlainSigns(cleanText(String(value)))
    : '';
}

function parseDates(value: unknown): ReadonlySet<number> {
  const hint = `Use dates such as 2026-12-25: a list, or one date per line.`;
  return new Set(
    entriesOf(value, LABELS.dates).map((entry) => {
      const day = parseDate(entry.value);
      if (day !== undefined) return day;
      throw inputError(`${LABELS.dates} contains ${entry.name}, which is not a date.`, hint);
    }),
  );
}

/** In days since 1970. Undefined if there is no such date. */
function parseDate(value: unknown): number | undefined {
  // A date of n8n's expressions has this method. Its text is a date and a time.
  const text = hasIsoDate(value) ? value.toISODate() : value;
  // Another time than midnight is often the midnight of another zone, so of another date.
  const [, date] =
    /^(\d{4}-\d\d-\d\d)(?:T00:00(?::00(?:\.0+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/.exec(textOf(text)) ?? [];
  const time = Date.parse(`${date ?? ''}T00:00:00Z`);
  // JavaScript reads February 30 as March 2.
  const exists = !Number.isNaN(time) && new Date(time).toISOString().startsWith(String(date));
  return exists ? time / DAY_MS : undefined;
}

function hasIsoDate(value: unknown): value is { toISODate(): unknown } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'toISODate' in value &&
    typeof value.toISODate === 'function'
  );
}

/**
 * Only a name such as `America/New_York`. An abbreviation has no daylight-saving time: `EST` is not the clock of New
 * York in summer.
 */
function parseTimeZone(value: unknown): ZoneClock {
  const name = textOf(value).replaceAll(' ', '_');
  const clock = /^[A-Za-z_]+(?:\/[\w+-]+)+$|^UTC$/i.test(name) ? clockOf(name) : undefined;
  if (clock !== undefined) return clock;
  throw wrongValueError(
    LABELS.zone,
    'a time zone with region and city',
    value,
    'Use for example America/New_York or Europe/Berlin, or leave the field empty for the time zones of the number.',
  );
}

/** Undefined if `Intl` does not know the zone. */
export function clockOf(zone: string): ZoneClock | undefined {
  try {
    return new ZoneClock(zone);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}
