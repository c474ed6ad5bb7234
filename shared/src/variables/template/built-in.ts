import { timeInZone } from './time-in-zone';

const BUILT_IN = /^current_(time|weekday)(?:_(.+))?$/s;
const WITH_ZONE = /\{\{\s*current_(?:time|weekday)_([^|\s}]+)/;

/** A time and a day that Dograh fills in by itself: `current_time`, `current_weekday`, and both with `_<zone>`. */
export function isBuiltIn(path: string): boolean {
  // Without such a zone it is a variable like any other.
  return builtIn(path, 0) !== undefined;
}

/** The first zone that a text names holds for the built-ins in it that name none. */
export function zoneOf(text: string): string | undefined {
  return WITH_ZONE.exec(text)?.[1];
}

/** Undefined for any other variable, and where there is no zone of that name. */
export function builtIn(path: string, now: number, usualZone = 'UTC'): string | undefined {
  const [, kind, zone = usualZone] = BUILT_IN.exec(path) ?? [];
  if (kind === undefined) return undefined;
  return timeInZone(now, zone)?.[kind === 'time' ? 'time' : 'weekday'];
}

/** A time zone that a text names and that there is not: Dograh leaves such a time out, or stumbles over the text. */
export function unknownZone(text: string, now: number): string | undefined {
  const zone = zoneOf(text);
  return zone === undefined || timeInZone(now, zone) !== undefined ? undefined : zone;
}
