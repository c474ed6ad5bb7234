import { inputError } from '../errors/input-error';
import { parseNumber } from '../input/number';
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
  const value = parseNumber(hours, {
    label: 'Skip If Called Within',
    must: 'a number of hours',
    accepts: (given) => given >= 0 && given <= MAX_HOURS,
    hint: `Use more than 0 and at most ${MAX_HOURS}, or leave the field empty.`,
    whenBlank: 0,
  });
  if (value === 0) return undefined;
  const reference = referenceIn(context);
  if (reference === undefined) {
    throw inputError(
      'Skip If Called Within needs a Call Reference, but Call Reference is empty.',
      'Fill in Call Reference, e.g. with the ID of the record in your CRM. If it is an expression, check its result.',
    );
  }
  return { reference, windowMs: value * HOUR_MS };
}
