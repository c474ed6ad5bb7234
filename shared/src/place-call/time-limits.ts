import { quote } from '../errors/quote';
import { refuse } from '../errors/refuse';

/** Of a single request, unless the user says otherwise. */
export const DEFAULT_TIMEOUT_MS = 30_000;
const LONGEST_TIMEOUT_MS = 600_000;

/** @returns milliseconds. @throws InvalidInputError for what is no time to wait */
export function parseMaxWait(minutes: unknown): number {
  const value = numberIn(minutes);
  if (value !== undefined && value >= 0) return value * 60_000;
  throw refuse(`${quote(minutes)} is not a number of minutes to wait.`, 'Use 0 or more.');
}

/** @returns milliseconds. @throws InvalidInputError for what is no time limit */
export function parseTimeout(seconds: unknown): number {
  if (seconds === undefined || seconds === null || seconds === '') return DEFAULT_TIMEOUT_MS;
  const value = numberIn(seconds);
  const longest = LONGEST_TIMEOUT_MS / 1000;
  if (value !== undefined && value > 0 && value <= longest) {
    return Math.max(1, Math.round(value * 1000));
  }
  throw refuse(
    `${quote(seconds)} is not a number of seconds to wait for an answer.`,
    `Use more than 0 and at most ${longest}.`,
  );
}

function numberIn(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}
