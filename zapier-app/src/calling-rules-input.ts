import { InvalidInputError, isBlank, type CallingRulesInput } from '@dograh/shared';
import type { Bundle, InferInputData } from 'zapier-platform-core';
import { callingRuleFields } from './calling-rule-fields';

type Input = Partial<InferInputData<typeof callingRuleFields>>;

/** A form with the values of its fields, and with what the user entered before Zapier put in values of earlier steps. */
export type FilledForm<T> = { readonly inputData: T } & Partial<Pick<Bundle, 'inputDataRaw'>>;

/**
 * The calling rules of the form, not validated.
 * @throws InvalidInputError if a rule would be off although the user filled in a field for it
 */
export function toCallingRules({ inputData, inputDataRaw }: FilledForm<Input>): CallingRulesInput {
  assertMappedValues(inputData, inputDataRaw);
  return {
    doNotCall: inputData.do_not_call,
    doNotCallIfAsked: inputData.do_not_call_if_asked,
    attempts: {
      maximumCalls: inputData.maximum_calls,
      withinHours: inputData.maximum_calls_within,
      minimumHoursBetween: inputData.minimum_hours_between,
    },
    callingHours: toCallingHours(inputData),
  };
}

/** Undefined if no field of the hours is filled in. */
function toCallingHours(input: Input): CallingRulesInput['callingHours'] {
  const { calling_hours_from: from, calling_hours_to: to } = input;
  if (isEmpty(from) && isEmpty(to)) {
    assertNoOtherHours(input);
    return undefined;
  }
  return {
    from,
    to,
    days: isEmpty(input.calling_days) ? undefined : input.calling_days,
    secondFrom: input.second_hours_from,
    secondTo: input.second_hours_to,
    datesWithoutCalls: input.dates_without_calls,
    timeZone: input.time_zone,
  };
}

const NEED_HOURS = [
  'calling_days',
  'second_hours_from',
  'second_hours_to',
  'dates_without_calls',
  'time_zone',
] as const;

function assertNoOtherHours(input: Input): void {
  const filled = NEED_HOURS.find((key) => !isEmpty(input[key]));
  if (filled === undefined) return;
  const label = labelOf(filled);
  throw new InvalidInputError({
    message: `${label} is filled in, but Calling Hours From and Calling Hours To are empty.`,
    hint: `No number was dialed. Fill in both times, or clear ${label}.`,
  });
}

/** Without a value, a field of these allows no further call. */
const MAY_STAY_EMPTY: ReadonlySet<string> = new Set([
  'second_hours_from',
  'second_hours_to',
  'time_zone',
]);

/** A value of an earlier step can be empty. The rule would be off, and nobody would notice. */
function assertMappedValues(input: Input, raw: Readonly<Record<string, unknown>> = {}): void {
  const lost = callingRuleFields.find(
    ({ key }) => !MAY_STAY_EMPTY.has(key) && isMapped(raw[key]) && isEmpty(input[key]),
  );
  if (lost === undefined) return;
  throw new InvalidInputError({
    message: `${lost.label} uses a value of an earlier step, which is empty.`,
    hint: 'No number was dialed, because the rule would be off. Check the earlier step. If its value may be empty, also enter a fixed value in the field.',
  });
}

function isMapped(entered: unknown): boolean {
  return entered !== undefined && JSON.stringify(entered).includes('{{');
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) ? value.every(isBlank) : isBlank(value);
}

function labelOf(key: string): string {
  return callingRuleFields.find((field) => field.key === key)?.label ?? key;
}
