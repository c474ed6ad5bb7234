export const MINUTE_MS = 60_000;
export const DAY_MS = 86_400_000;
const MINUTES_PER_DAY = DAY_MS / MINUTE_MS;

/** The local time of one time zone, by `Intl`. */
export class ZoneClock {
  readonly #format: Intl.DateTimeFormat;
  /** By the number of the UTC day. Reading them takes most of the time. */
  readonly #offsets = new Map<number, number>();

  /** @throws RangeError if `Intl` does not know the zone */
  constructor(
    /** Its IANA name. */
    readonly zone: string,
  ) {
    this.#format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /** Local time minus UTC, in milliseconds. @param at milliseconds since 1970 */
  offsetAt(at: number): number {
    const day = Math.floor(at / DAY_MS);
    const offset = this.#offsetAtStartOf(day);
    return offset === this.#offsetAtStartOf(day + 1) ? offset : this.#readOffset(at);
  }

  /** When the clocks are changed, after one time and not after the other. Undefined if they are not. */
  nextChange(after: number, until: number): number | undefined {
    for (let day = Math.floor(after / DAY_MS); day * DAY_MS <= until; day += 1) {
      const change = this.#changeWithin(day);
      if (change !== undefined && change > after && change <= until) return change;
    }
    return undefined;
  }

  /** No zone changes its clocks twice a day. */
  #changeWithin(day: number): number | undefined {
    const before = this.#offsetAtStartOf(day);
    if (this.#offsetAtStartOf(day + 1) === before) return undefined;
    let [low, high] = [day * MINUTES_PER_DAY, (day + 1) * MINUTES_PER_DAY];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (this.#readOffset(middle * MINUTE_MS) === before) low = middle;
      else high = middle;
    }
    return high * MINUTE_MS;
  }

  #offsetAtStartOf(day: number): number {
    const known = this.#offsets.get(day);
    if (known !== undefined) return known;
    const offset = this.#readOffset(day * DAY_MS);
    this.#offsets.set(day, offset);
    return offset;
  }

  #readOffset(at: number): number {
    const part: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
    for (const { type, value } of this.#format.formatToParts(at)) part[type] = value;
    const { year, month, day, hour, minute, second } = part;
    const local = Date.UTC(
      ...([Number(year), Number(month) - 1, Number(day)] as const),
      ...([Number(hour), Number(minute), Number(second)] as const),
    );
    return local - Math.floor(at / 1_000) * 1_000;
  }
}

/** The clocks of the time zones that a number may be in. */
export interface NumberClocks {
  /** Empty if they are not known. */
  readonly clocks: readonly ZoneClock[];
  /** The end of a sentence. */
  readonly unknownBecause?: string;
}

/** ISO-8601 with the offset of the zone: `2026-12-01T09:00:00-05:00`. @param at milliseconds since 1970 */
export function toIso(at: number, clock: ZoneClock | undefined): string {
  const offset = clock?.offsetAt(at) ?? 0;
  const local = new Date(at + offset).toISOString().slice(0, 19);
  if (clock === undefined) return `${local}Z`;
  const minutes = Math.abs(offset) / MINUTE_MS;
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${local}${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`;
}

/** The local time in words: `Mon 21:14`. */
export function toWords(at: number, clock: ZoneClock): string {
  const local = new Date(at + clock.offsetAt(at));
  return `${WEEKDAYS[local.getUTCDay()] ?? ''} ${local.toISOString().slice(11, 16)}`;
}

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
