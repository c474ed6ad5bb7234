import { timeInZone } from './time-in-zone';

const BUILT_IN = /^current_(time|weekday)(?:_(.+))?$/s;
const WITH_ZONE = /\{\{\s*current_(?:time|weekday)_([^|\s}]+)/;

/** Whether Dograh fills in a variable: `current_time` and `current_weekday`, or both with `_<zone>`. */
export function isBuiltIn(path: string): boolean {
  // If the zone does not exist, it is a variable like any other.
  return builtIn(path, 0) !== undefined;
}

/** The first zone that a text names. It applies to all times in the text that name no zone. */
export function zoneOf(text: string): string | undefined {
  return WITH_ZONE.exec(text)?.[1];
}

/** The time or weekday. Undefined for any other variable, and if the zone does not exist. */
export function builtIn(path: string, now: number, defaultZone = 'UTC'): string | undefined {
  const [, kind, zone = defaultZone] = BUILT_IN.exec(path) ?? [];
  if (kind === undefined) return undefined;
  return timeInZone(now, zone)?.[kind === 'time' ? 'time' : 'weekday'];
}

/** The zone that a text names, if it does not exist: Dograh leaves out such a time, or fails at the text. */
export function unknownZone(text: string, now: number): string | undefined {
  const zone = zoneOf(text);
  return zone === undefined || timeInZone(now, zone) !== undefined ? undefined : zone;
}
