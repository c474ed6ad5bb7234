import { parseChoice } from '../input/choice';
import { isBlank } from '../input/blank';
import type { PhoneNumberRules } from '../input/phone-number';
import { parseAttempts, type AttemptRules, type AttemptsInput } from './attempts';
import type { CallingHours } from './calling-hours';
import type { DoNotCallList, DoNotCallLists } from './do-not-call-list';
import { parseOptOuts } from './opt-out';
import { parseCallingHours, type CallingHoursInput } from './parse-calling-hours';

/** Who may be called, and when, from a host's form, not yet checked. A rule that is left out does not apply. */
export interface CallingRulesInput {
  /** Numbers that must not be called: an array, or text with commas or one number per line. */
  readonly doNotCall?: unknown;
  /** Dispositions of people who do not want to be called: an array, or text with commas. */
  readonly doNotCallIfAsked?: unknown;
  readonly attempts?: AttemptsInput | undefined;
  readonly callingHours?: CallingHoursInput | undefined;
  /** An {@link OnRule}. Blank: `skip`. */
  readonly onRule?: unknown;
}

/**
 * What happens if a rule does not allow a call. `skip`: the result says so. `fail`: an error. `wait`: the call waits for
 * the calling hours, if they begin in time. Otherwise it is skipped.
 */
export type OnRule = 'skip' | 'fail' | 'wait';
const ON_RULE = ['skip', 'fail', 'wait'] as const;

export interface CallingRules {
  readonly doNotCall: DoNotCallList | undefined;
  /** The dispositions, in lower case. */
  readonly doNotCallIfAsked: readonly string[] | undefined;
  readonly attempts: AttemptRules;
  readonly hours: CallingHours | undefined;
  readonly onRule: OnRule;
  /** How the call's number and those of the list are read. */
  readonly numberRules: PhoneNumberRules;
}

/** @throws InvalidInputError that names the field by its label */
export function parseCallingRules(
  input: CallingRulesInput,
  numberRules: PhoneNumberRules,
  lists: DoNotCallLists,
): CallingRules {
  const { doNotCall, doNotCallIfAsked, attempts = {}, callingHours, onRule } = input;
  return {
    doNotCall: isBlank(doNotCall) ? undefined : lists.parse(doNotCall, numberRules),
    doNotCallIfAsked: isBlank(doNotCallIfAsked) ? undefined : parseOptOuts(doNotCallIfAsked),
    attempts: parseAttempts(attempts),
    hours: callingHours === undefined ? undefined : parseCallingHours(callingHours),
    onRule: isBlank(onRule) ? 'skip' : parseChoice('On Calling Rule', onRule, ON_RULE),
    numberRules,
  };
}

/** Whether a rule applies to calls. */
export function hasRules(rules: CallingRules): boolean {
  return rules.doNotCall !== undefined || rules.hours !== undefined || needsHistory(rules);
}

/** Whether a rule depends on the earlier calls to the number. */
export function needsHistory({ doNotCallIfAsked, attempts }: CallingRules): boolean {
  return doNotCallIfAsked !== undefined || limitsAttempts(attempts);
}

/** The rules that need no request. */
export function withoutHistory(rules: CallingRules): CallingRules {
  const attempts = { maximum: undefined, minimumBetweenMs: undefined };
  return { ...rules, doNotCallIfAsked: undefined, attempts };
}

/** Whether a rule counts the calls to a number. */
export function limitsAttempts({ maximum, minimumBetweenMs }: AttemptRules): boolean {
  return maximum !== undefined || minimumBetweenMs !== undefined;
}
