import type { EarlierCall } from './call-history';
import type { Decision } from './decision';
import { inputError } from '../errors/input-error';
import { isBlank } from '../input/blank';
import { parseNumber } from '../input/number';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MAX_HOURS = 24 * 366;
const MAX_CALLS = 100;

/** How often a number may be called. */
export interface AttemptRules {
  readonly maximum: { readonly calls: number; readonly windowMs: number } | undefined;
  /** Milliseconds between two calls. */
  readonly minimumBetweenMs: number | undefined;
}

/** From a host's form, not yet checked. Blank: no such rule. */
export interface AttemptsInput {
  readonly maximumCalls?: unknown;
  /** The window in which calls count. */
  readonly withinHours?: unknown;
  /** 0 also means no rule. */
  readonly minimumHoursBetween?: unknown;
}

export const ATTEMPT_LABELS = {
  maximum: 'Maximum Calls',
  within: 'Maximum Calls Within',
  between: 'Minimum Hours Between Calls',
} as const;

/** @throws InvalidInputError that names the field by its label */
export function parseAttempts(input: AttemptsInput): AttemptRules {
  const hours = parseNumber(input.minimumHoursBetween, {
    label: ATTEMPT_LABELS.between,
    must: 'a number of hours',
    accepts: (given) => given >= 0 && given <= MAX_HOURS,
    hint: `Use more than 0 and at most ${MAX_HOURS}. 0 turns the rule off.`,
    whenBlank: 0,
  });
  return {
    maximum: parseMaximum(input),
    minimumBetweenMs: hours === 0 ? undefined : hours * HOUR_MS,
  };
}

function parseMaximum({ maximumCalls, withinHours }: AttemptsInput): AttemptRules['maximum'] {
  const { maximum, within } = ATTEMPT_LABELS;
  if (isBlank(maximumCalls) && isBlank(withinHours)) return undefined;
  if (isBlank(maximumCalls) || isBlank(withinHours)) {
    const [missing, given] = isBlank(maximumCalls) ? [maximum, within] : [within, maximum];
    throw inputError(
      `${missing} is empty, but ${given} is filled in.`,
      'Fill in both fields, or clear both.',
    );
  }
  const calls = parseNumber(maximumCalls, {
    label: maximum,
    must: `a whole number from 1 to ${MAX_CALLS}`,
    accepts: (given) => Number.isInteger(given) && given >= 1 && given <= MAX_CALLS,
    hint: 'To turn the rule off, remove it. To call nobody, do not run this step.',
    whenBlank: 1,
  });
  const hours = parseNumber(withinHours, {
    label: within,
    must: 'a number of hours',
    accepts: (given) => given > 0 && given <= MAX_HOURS,
    hint: `Use more than 0 and at most ${MAX_HOURS}.`,
    whenBlank: 24,
  });
  return { calls, windowMs: hours * HOUR_MS };
}

/**
 * @param calls the earlier calls to the number, newest first
 * @param now in milliseconds since 1970
 */
export function decideByAttempts(
  { maximum, minimumBetweenMs }: AttemptRules,
  calls: readonly EarlierCall[],
  now: number,
): Decision[] {
  return [
    ...(maximum === undefined ? [] : [decideByMaximum(maximum, calls, now)]),
    ...(minimumBetweenMs === undefined ? [] : [decideByPause(minimumBetweenMs, calls, now)]),
  ];
}

/** The calls that are younger than the window. */
export function callsWithin(
  windowMs: number,
  calls: readonly EarlierCall[],
): readonly EarlierCall[] {
  return calls.filter(({ ageMs }) => ageMs < windowMs);
}

function decideByMaximum(
  { calls: maximum, windowMs }: NonNullable<AttemptRules['maximum']>,
  calls: readonly EarlierCall[],
  now: number,
): Decision {
  const rule = ATTEMPT_LABELS.maximum;
  const counted = callsWithin(windowMs, calls);
  const explanation = `Calls to this number in the last ${toHours(windowMs)}: ${counted.length}. ${rule}: ${maximum}.`;
  // When this call leaves the window, one less than the maximum is in it.
  const last = counted[maximum - 1];
  if (last === undefined) return { rule, allows: true, explanation };
  const until = now + windowMs - last.ageMs;
  return { rule, allows: false, reason: 'too_many_attempts', until, explanation };
}

function decideByPause(minimumMs: number, [last]: readonly EarlierCall[], now: number): Decision {
  const rule = ATTEMPT_LABELS.between;
  if (last === undefined || last.ageMs >= minimumMs) {
    const explanation = `No call to this number in the last ${toHours(minimumMs)}.`;
    return { rule, allows: true, explanation };
  }
  const explanation = `The last call to this number was ${toHours(last.ageMs)} ago. The minimum is ${toHours(minimumMs)}.`;
  const until = now + minimumMs - last.ageMs;
  return { rule, allows: false, reason: 'too_many_attempts', until, explanation };
}

function toHours(ms: number): string {
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} minutes`;
  const hours = Math.floor(ms / (HOUR_MS / 10)) / 10;
  return hours === 1 ? '1 hour' : `${hours} hours`;
}
