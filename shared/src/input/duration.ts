import { quote } from '../errors/quote';
import { inputError } from '../errors/input-error';

/** Limit of one request unless the user sets another, in milliseconds. */
export const DEFAULT_TIMEOUT_MS = 30_000;
const MAX_TIMEOUT_MS = 600_000;

/** Time that a call may wait at the concurrency limit, in milliseconds. @throws InvalidInputError */
export function parseMaxWait(minutes: unknown): number {
  const value = parseNumber(minutes);
  if (value !== undefined && value >= 0) return value * 60_000;
  throw inputError(
    `Maximum Queue Time must be a number of minutes, not ${quote(minutes)}.`,
    'Use 0 or more.',
  );
}

/** Time to wait for a finished run, in milliseconds. @throws InvalidInputError */
export function parseWaitTimeout(minutes: unknown): number {
  const value = parseNumber(minutes);
  if (value !== undefined && value > 0) return value * 60_000;
  throw inputError(
    `Maximum Wait for Result must be a number of minutes, not ${quote(minutes)}.`,
    'Use more than 0.',
  );
}

/** Time between two checks of a run, in milliseconds. @throws InvalidInputError */
export function parsePollInterval(seconds: unknown): number {
  const value = parseNumber(seconds);
  if (value !== undefined && value >= 2 && value <= 3_600) return value * 1_000;
  throw inputError(
    `Maximum Check Interval must be a number of seconds, not ${quote(seconds)}.`,
    'Use at least 2 and at most 3600.',
  );
}

/** Limit of one request, in milliseconds. @throws InvalidInputError */
export function parseTimeout(seconds: unknown): number {
  if (seconds === undefined || seconds === null || seconds === '') return DEFAULT_TIMEOUT_MS;
  const value = parseNumber(seconds);
  const max = MAX_TIMEOUT_MS / 1000;
  if (value !== undefined && value > 0 && value <= max) {
    return Math.max(1, Math.round(value * 1000));
  }
  throw inputError(
    `Request Timeout must be a number of seconds, not ${quote(seconds)}.`,
    `Use more than 0 and at most ${max}.`,
  );
}

/** Milliseconds as text: `1 minute`, `0.5 minutes`. */
export function toMinutes(ms: number): string {
  const minutes = Math.round(ms / 6_000) / 10;
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}

function parseNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
