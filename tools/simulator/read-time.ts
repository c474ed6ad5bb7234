import { Refusal } from './answer';

/** Milliseconds since 1970. Dograh returns 500 for an invalid time, and for a time without a time zone. */
export function readTime(text: unknown): number | undefined {
  if (text === undefined || text === null || text === '') return undefined;
  const time = typeof text === 'string' && /(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : NaN;
  if (Number.isNaN(time)) throw new Refusal(500, 'Internal Server Error');
  return time;
}
