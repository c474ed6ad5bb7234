import { inputError } from '../errors/input-error';
import { quote } from '../errors/quote';
import { cleanValue } from '../input/text';
import { referenceIn } from '../variables/call-reference';
import type { JsonObject } from '../variables/json-value';

const HOUR_MS = 3_600_000;
const MAX_HOURS = 24 * 366;

/** Within the window, a second call with this reference to the same number is not placed. */
export interface SkipRule {
  readonly reference: string;
  readonly windowMs: number;
}

/** Blank or 0 hours mean no rule. @throws InvalidInputError also if the context has no call reference */
export function parseSkipRule(hours: unknown, context: JsonObject): SkipRule | undefined {
  const given = cleanValue(hours);
  if (given === undefined || given === null || given === '') return undefined;
  const value = typeof given === 'string' ? Number(given) : given;
  if (value === 0) return undefined;
  if (typeof value !== 'number' || !(value > 0 && value <= MAX_HOURS)) {
    throw inputError(
      `Skip If Called Within must be a number of hours, not ${quote(hours)}.`,
      `Use more than 0 and at most ${MAX_HOURS}, or leave the field empty.`,
    );
  }
  const reference = referenceIn(context);
  if (reference === undefined) {
    throw inputError(
      'Skip If Called Within needs a Call Reference to recognize the same call.',
      'Fill in Call Reference, e.g. with the ID of the record in your CRM.',
    );
  }
  return { reference, windowMs: value * HOUR_MS };
}
