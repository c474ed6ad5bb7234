const MINUTE = 60_000;
const DAY = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** What a clock on the wall shows. Tests compare it with the client, which computes with offsets from UTC. */
export interface WallClock {
  /** `2026-12-01` */
  readonly date: string;
  /** `09:00` */
  readonly time: string;
}

/** @param at milliseconds since 1970 */
export function wallClock(zone: string, at: number): WallClock {
  const [date = '', time = ''] = formatOf(zone).format(at).split(' ');
  return { date, time };
}

/** The times at which the clocks of a zone are changed, from one time to another. */
export function clockChanges(zone: string, from: number, to: number): number[] {
  const changes: number[] = [];
  for (let start = from; start < to; start += DAY) {
    if (shift(zone, start) === shift(zone, start + DAY)) continue;
    let at = start;
    while (shift(zone, at) === shift(zone, start)) at += MINUTE;
    changes.push(at);
  }
  return changes;
}

function shift(zone: string, at: number): number {
  const { date, time } = wallClock(zone, at);
  return Date.parse(`${date}T${time}Z`) - at;
}

/** The Swedish form of a date is that of ISO-8601. */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
  formats.set(zone, format);
  return format;
}
