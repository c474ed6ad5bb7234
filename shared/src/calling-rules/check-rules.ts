import { isPhoneCall } from '../runs/channel';
import { isNeverDialed } from '../runs/failed-before-dialing';
import type { ListedRun } from '../runs/listed-run';
import type { Clock } from '../transport/clock';
import { decideByAttempts } from './attempts';
import type { CallHistory, EarlierCall } from './call-history';
import { decideByHours, nextTimeWithin, type CallingHours } from './calling-hours';
import { needsHistory, withoutHistory, type CallingRules } from './calling-rules';
import type { Decision, Refused } from './decision';
import { decideByList } from './do-not-call-list';
import { clocksOf } from './number-clocks';
import { assertShowsResult, decideByOptOut } from './opt-out';
import { MINUTE_MS, toIso, type NumberClocks } from './zone-clock';

const SECOND_MS = 1_000;

/** What the rules say about a call to a number at one moment. */
export interface RulesCheck {
  /** In the order in which rules apply. */
  readonly decisions: readonly Decision[];
  /** The first rule that does not allow the call. Undefined if all allow it. */
  readonly refusal: Refused | undefined;
  /** When all rules allow the call, ISO-8601 with zone. Null: never, or not known. */
  readonly callableAt: string | null;
}

/**
 * Checks the rules before a call. The earlier calls are only read if a rule needs them. That can take until after the
 * calling hours, so the clock is read last.
 * @throws DograhError if the earlier calls cannot be read; then the number must not be dialed
 */
export async function checkRules(
  rules: CallingRules,
  phoneNumber: string,
  history: CallHistory,
  clock: Clock,
): Promise<RulesCheck> {
  const { doNotCall, numberRules } = rules;
  if (doNotCall !== undefined && !decideByList(doNotCall, phoneNumber, numberRules).allows) {
    return decide(withoutHistory(rules), phoneNumber, [], clock.now());
  }
  const calls = needsHistory(rules) ? await readCalls(rules, history) : [];
  return decide(rules, phoneNumber, calls, clock.now());
}

/**
 * Decides by calls that were read.
 * @param calls the earlier calls to the number, newest first
 */
export function decide(
  rules: CallingRules,
  phoneNumber: string,
  calls: readonly EarlierCall[],
  now: number,
): RulesCheck {
  const { doNotCall, doNotCallIfAsked, attempts, hours, numberRules } = rules;
  const clocks: NumberClocks = hours === undefined ? { clocks: [] } : clocksOf(phoneNumber, hours);
  const decisions = [
    ...(doNotCall === undefined ? [] : [decideByList(doNotCall, phoneNumber, numberRules)]),
    ...(doNotCallIfAsked === undefined ? [] : [decideByOptOut(doNotCallIfAsked, calls)]),
    ...decideByAttempts(attempts, calls.filter(isAttempt), now),
    ...(hours === undefined ? [] : [decideByHours(hours, clocks, phoneNumber, now)]),
  ];
  const refusals = decisions.filter((decision) => !decision.allows);
  const first = refusals.length === 0 ? now : firstTimeAfter(refusals, now, hours, clocks);
  const callableAt = first === null ? null : toIso(first, clocks.clocks[0]);
  return { decisions, refusal: refusals[0], callableAt };
}

/** The check in the form of a result. */
export function summaryOf({ decisions, refusal, callableAt }: RulesCheck) {
  return {
    callable_now: refusal === undefined,
    callable_at: callableAt,
    skip_reason: refusal?.reason ?? null,
    rules: decisions.map(({ rule, allows, explanation }) => ({ rule, allows, explanation })),
  };
}

/** Whether Dograh dialed the number. A test in a browser can name a number, too. */
export function isAttempt({ run }: EarlierCall): boolean {
  return isPhoneCall(run) && !run.isInbound && !isUnplacedContact(run);
}

/** A contact of a campaign that Dograh could not dial has a run, too. */
function isUnplacedContact(run: ListedRun): boolean {
  return run.initialContext?.['campaign_id'] !== undefined && isNeverDialed(run);
}

/** The first time at which all rules allow the call. Null if there is none. */
function firstTimeAfter(
  refusals: readonly Refused[],
  now: number,
  hours: CallingHours | undefined,
  { clocks }: NumberClocks,
): number | null {
  const times = refusals.map(({ until }) => until);
  if (times.includes(null)) return null;
  // A time is written without fractions of a second.
  const after = Math.ceil(Math.max(now, ...times.map(Number)) / SECOND_MS) * SECOND_MS;
  const nextWithinHours = (time: number): number | undefined =>
    hours === undefined ? time : nextTimeWithin(hours, clocks, time);
  const first = nextWithinHours(after);
  if (first === undefined) return null;
  // A whole minute is easier to read, unless the hours end before it.
  const rounded = Math.ceil(first / MINUTE_MS) * MINUTE_MS;
  return nextWithinHours(rounded) === rounded ? rounded : first;
}

/** Newest first. Opt-outs count at any age. */
async function readCalls(
  { doNotCallIfAsked, attempts }: CallingRules,
  history: CallHistory,
): Promise<readonly EarlierCall[]> {
  const { maximum, minimumBetweenMs = 0 } = attempts;
  const longest =
    doNotCallIfAsked === undefined ? Math.max(maximum?.windowMs ?? 0, minimumBetweenMs) : Infinity;
  return history.search(async (calls) => {
    const read: EarlierCall[] = [];
    for await (const call of calls) {
      if (call.ageMs > longest) break;
      if (doNotCallIfAsked !== undefined) assertShowsResult(call);
      read.push(call);
    }
    return read;
  });
}
