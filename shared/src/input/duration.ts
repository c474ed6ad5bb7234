import { parseNumber } from './number';

/** Limit of one request unless the user sets another. */
export const DEFAULT_TIMEOUT_SECONDS = 30;
/** Long enough for most running calls to end. */
export const DEFAULT_MAX_WAIT_MINUTES = 10;
/** Time to wait for a finished run unless the user sets another. */
export const DEFAULT_WAIT_TIMEOUT_MINUTES = 15;
/** Maximum time between two checks of a run unless the user sets another. */
export const DEFAULT_POLL_SECONDS = 15;

const MAX_TIMEOUT_SECONDS = 600;

/** Time that a call may wait at the concurrency limit, in milliseconds. @throws InvalidInputError */
export function parseMaxWait(minutes: unknown): number {
  const value = parseNumber(minutes, {
    label: 'Maximum Queue Time',
    must: 'a number of minutes',
    accepts: (given) => given >= 0 && given < Infinity,
    hint: 'Use 0 or more.',
    whenBlank: DEFAULT_MAX_WAIT_MINUTES,
  });
  return value * 60_000;
}

/** Time to wait for a finished run, in milliseconds. @throws InvalidInputError */
export function parseWaitTimeout(minutes: unknown): number {
  const value = parseNumber(minutes, {
    label: 'Maximum Wait for Result',
    must: 'a number of minutes',
    accepts: (given) => given > 0 && given < Infinity,
    hint: 'Use more than 0.',
    whenBlank: DEFAULT_WAIT_TIMEOUT_MINUTES,
  });
  return value * 60_000;
}

/** Time between two checks of a run, in milliseconds. @throws InvalidInputError */
export function parsePollInterval(seconds: unknown): number {
  const value = parseNumber(seconds, {
    label: 'Maximum Check Interval',
    must: 'a number of seconds',
    accepts: (given) => given >= 2 && given <= 3_600,
    hint: 'Use at least 2 and at most 3600.',
    whenBlank: DEFAULT_POLL_SECONDS,
  });
  return value * 1_000;
}

/** Limit of one request, in milliseconds. @throws InvalidInputError */
export function parseTimeout(seconds: unknown): number {
  const value = parseNumber(seconds, {
    label: 'Request Timeout',
    must: 'a number of seconds',
    accepts: (given) => given > 0 && given <= MAX_TIMEOUT_SECONDS,
    hint: `Use more than 0 and at most ${MAX_TIMEOUT_SECONDS}.`,
    whenBlank: DEFAULT_TIMEOUT_SECONDS,
  });
  return Math.max(1, Math.round(value * 1_000));
}

/** Milliseconds as text: `1 minute`, `0.5 minutes`. */
export function toMinutes(ms: number): string {
  const minutes = Math.round(ms / 6_000) / 10;
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}
