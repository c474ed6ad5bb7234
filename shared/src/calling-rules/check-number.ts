import type { Session } from '../connection/session';
import type { CallingRuleReason } from '../errors/dograh-error';
import { parsePhoneNumber, type PhoneNumberRules } from '../input/phone-number';
import { resultOfListedRun } from '../runs/listed-run';
import type { CallOutcome } from '../runs/outcome';
import { callsWithin } from './attempts';
import { CallHistory, type EarlierCall } from './call-history';
import { isWithin } from './calling-hours';
import { parseCallingRules, type CallingRules, type CallingRulesInput } from './calling-rules';
import { decide, isAttempt, summaryOf, type RulesCheck } from './check-rules';
import type { DoNotCallLists } from './do-not-call-list';
import { clocksOf } from './number-clocks';
import { assertShowsResult, DEFAULT_OPT_OUTS, findOptOut, searched } from './opt-out';
import { toIso } from './zone-clock';

/** A number from a host's form, not yet checked. */
export interface NumberCheckInput {
  readonly phoneNumber: unknown;
  readonly phoneNumberRules?: PhoneNumberRules | undefined;
  readonly callingRules?: CallingRulesInput | undefined;
}

/** What is known about a number before a call. No phone is dialed. */
export interface NumberCheck {
  readonly phone_number: string;
  /** Whether all calling rules allow a call now. */
  readonly callable_now: boolean;
  /** When all calling rules allow a call, ISO-8601 with zone. Null: never, or not known. */
  readonly callable_at: string | null;
  /** The first rule that does not allow a call now. */
  readonly skip_reason: CallingRuleReason | null;
  /** The zones that the number may be in. Empty if they are not known. */
  readonly time_zones: readonly CheckedZone[];
  /** Calls within the window of Maximum Calls. Null without that rule. */
  readonly attempts_in_window: number | null;
  /** Of the newest call. Null if there is none, or if it has not ended. */
  readonly last_outcome: CallOutcome | null;
  readonly last_disposition: string | null;
  /** ISO-8601, UTC. Null if there is no call. */
  readonly last_called_at: string | null;
  /** Whether an earlier call has a disposition of Do Not Call If They Asked. Without that rule: `do_not_call`. */
  readonly opted_out: boolean;
  /** What each calling rule says. */
  readonly rules: readonly {
    readonly rule: string;
    readonly allows: boolean;
    readonly explanation: string;
  }[];
  /** Why it is not callable now, how far back the search for earlier calls went, and why no time zone is known. */
  readonly notes: readonly string[];
}

export interface CheckedZone {
  /** IANA name. */
  readonly time_zone: string;
  /** ISO-8601 with zone. */
  readonly local_time: string;
  /** Null without Calling Hours. */
  readonly within_hours: boolean | null;
}

/** The checked input. */
export interface NumberToCheck {
  readonly phoneNumber: string;
  readonly rules: CallingRules;
}

/** @throws InvalidInputError that says what to change */
export function parseNumberCheck(input: NumberCheckInput, lists: DoNotCallLists): NumberToCheck {
  const { phoneNumberRules = {}, callingRules = {} } = input;
  return {
    phoneNumber: parsePhoneNumber(input.phoneNumber, phoneNumberRules),
    rules: parseCallingRules(callingRules, phoneNumberRules, lists),
  };
}

/** @throws DograhError if the earlier calls cannot be read */
export async function checkNumber(
  { phoneNumber, rules }: NumberToCheck,
  session: Session,
): Promise<NumberCheck> {
  const calls = await new CallHistory(phoneNumber, session).search(readAll);
  const now = session.clock.now();
  const attempts = calls.filter(isAttempt);
  const [last] = attempts;
  const check = decide(rules, phoneNumber, calls, now);
  const { callable_now, callable_at, skip_reason, rules: decisions } = summaryOf(check);
  const {
    attempts: { maximum },
    hours,
    doNotCallIfAsked = DEFAULT_OPT_OUTS,
  } = rules;
  const { clocks, unknownBecause } = clocksOf(phoneNumber);
  return {
    phone_number: phoneNumber,
    callable_now,
    callable_at,
    skip_reason,
    time_zones: clocks.map((clock) => ({
      time_zone: clock.zone,
      local_time: toIso(now, clock),
      within_hours: hours === undefined ? null : isWithin(hours, clock, now),
    })),
    attempts_in_window:
      maximum === undefined ? null : callsWithin(maximum.windowMs, attempts).length,
    last_outcome: last === undefined ? null : resultOfListedRun(last.run).outcome,
    last_disposition: last?.run.disposition ?? null,
    last_called_at: last === undefined ? null : resultOfListedRun(last.run).started_at,
    opted_out: findOptOut(doNotCallIfAsked, calls) !== undefined,
    rules: decisions,
    notes: [
      ...whyNot(check),
      searched(calls),
      // With Calling Hours, that rule says it.
      ...(unknownBecause === undefined || hours !== undefined
        ? []
        : [`The time zone of ${phoneNumber} is not known, because ${unknownBecause}.`]),
    ],
  };
}

function whyNot({ refusal }: RulesCheck): string[] {
  if (refusal === undefined) return [];
  return [`Not callable because of the rule ${refusal.rule}. ${refusal.explanation}`];
}

async function readAll(calls: AsyncIterable<EarlierCall>): Promise<readonly EarlierCall[]> {
  const read: EarlierCall[] = [];
  for await (const call of calls) {
    assertShowsResult(call);
    read.push(call);
  }
  return read;
}
