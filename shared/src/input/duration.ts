import { quote } from '../errors/quote';
import { inputError } from '../errors/input-error';

/** Limit of one request unless the user sets another, in milliseconds. */
export const DEFAULT_TIMEOUT_MS = 30_000;
const MAX_TIMEOUT_MS = 600_000;

/** @returns milliseconds. @throws InvalidInputError for what is no time to wait */
export function parseMaxWait(minutes: unknown): number {
  const value = numberIn(minutes);
  if (value !== undefined && value >= 0) return value * 60_000;
  throw inputError(`${quote(minutes)} is not a number of minutes to wait.`, 'Use 0 or more.');
}

/** @returns milliseconds. @throws InvalidInputError for what is no time to wait for the end of a call */
export function parseWaitTimeout(minutes: unknown): number {
  const value = numberIn(minutes);
  if (value !== undefined && value > 0) return value * 60_000;
  throw inputError(
    `${quote(minutes)} is not a number of minutes to wait for the end of a call.`,
    'Use more than 0.',
  );
}

/** @returns milliseconds. @throws InvalidInputError for what is no time between two looks at a run */
export function parsePollInterval(seconds: unknown): number {
  const value = numberIn(seconds);
  if (value !== undefined && value >= 2 && value <= 3_600) return value * 1_000;
  throw inputError(
    `${quote(seconds)} is not a number of seconds between two looks at a call.`,
    'Use at least 2 and at most 3600.',
  );
}

/** @returns milliseconds. @throws InvalidInputError for what is no time limit */
export function parseTimeout(seconds: unknown): number {
  if (seconds === undefined || seconds === null || seconds === '') return DEFAULT_TIMEOUT_MS;
  const value = numberIn(seconds);
  const longest = MAX_TIMEOUT_MS / 1000;
  if (value !== undefined && value > 0 && value <= longest) {
    return Math.max(1, Math.round(value * 1000));
  }
  throw inputError(
    `${quote(seconds)} is not a number of seconds to wait for an answer.`,
    `Use more than 0 and at most ${longest}.`,
  );
}

/** A time for a sentence. */
export function toMinutes(ms: number): string {
  const minutes = Math.round(ms / 6_000) / 10;
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}

function numberIn(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
