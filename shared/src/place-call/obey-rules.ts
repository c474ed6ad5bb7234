import { checkRules } from '../calling-rules/check-rules';
import type { CallHistory } from '../calling-rules/call-history';
import { pause, type Session } from '../connection/session';
import { CallingRuleError } from '../errors/dograh-error';
import { refusedCall, type CallResult, type RunResult } from '../runs/call-result';
import type { CallRequest } from './call-input';

/** A computer that sleeps also stops its timers. So the clock is read again after each of these pauses. */
const MAX_PAUSE_MS = 60_000;

/**
 * A host can do other work while a call waits for the calling hours.
 * @param wait must be called once. Its promise rejects if `stop` is aborted.
 * @returns after the wait
 */
export type WhileWaiting = (wait: (stop?: AbortSignal) => Promise<void>) => Promise<void>;

/** How a call waits for the calling hours. */
export interface WaitForHours {
  /** In milliseconds. Default: as long as for a free call slot. */
  readonly maxWaitForHoursMs?: number | undefined;
  readonly whileWaiting?: WhileWaiting | undefined;
}

/**
 * @throws CallingRuleError if a rule does not allow the call now
 * @throws DograhError if the earlier calls cannot be read
 */
export async function assertAllowed(
  { callingRules, phoneNumber }: CallRequest,
  history: CallHistory,
  { clock }: Session,
): Promise<void> {
  const check = await checkRules(callingRules, phoneNumber, history, clock);
  const { refusal, callableAt } = check;
  if (refusal === undefined) return;
  throw new CallingRuleError({
    message: `Not called because of the rule ${refusal.rule}. ${refusal.explanation}`,
    hint: ['This number was not dialed.', ...whenCallable(callableAt)].join(' '),
    skip_reason: refusal.reason,
    callable_at: callableAt,
  });
}

/**
 * Places a call when the rules allow it. What happens otherwise, the user has chosen.
 * @param place makes all attempts of one call
 */
export async function placeByRules(
  call: CallRequest,
  place: () => Promise<RunResult>,
  session: Session,
  {
    maxWaitForHoursMs,
    whileWaiting = (wait) => wait(),
  }: WaitForHours & {
    readonly maxWaitForHoursMs: number;
  },
): Promise<CallResult> {
  const { clock } = session;
  const { onRule } = call.callingRules;
  const deadline = clock.now() + maxWaitForHoursMs;
  for (;;) {
    try {
      return await place();
    } catch (error) {
      if (!(error instanceof CallingRuleError) || onRule === 'fail') throw error;
      const opening = onRule === 'wait' ? openingOf(error) : undefined;
      if (opening === undefined) return resultOf(error, call);
      if (opening > deadline) return resultOf(error, call, TOO_LATE);
      await whileWaiting((stop) => waitUntil(opening, session, stop));
    }
  }
}

/** When the calling hours begin, in milliseconds since 1970. No other rule is waited for. */
function openingOf({ skip_reason: reason, callable_at: at }: CallingRuleError): number | undefined {
  return reason === 'outside_calling_hours' && at !== null ? Date.parse(at) : undefined;
}

async function waitUntil(time: number, session: Session, stop?: AbortSignal): Promise<void> {
  const { clock, signal: stopped } = session;
  const signals = [stopped, stop].filter((one) => one !== undefined);
  const signal = signals.length === 0 ? undefined : AbortSignal.any(signals);
  for (let left = time - clock.now(); left > 0; left = time - clock.now()) {
    await pause(Math.min(left, MAX_PAUSE_MS), { ...session, signal });
  }
}

const TOO_LATE = ['It did not wait, because the hours begin after Maximum Queue Time.'];

function resultOf(
  error: CallingRuleError,
  call: CallRequest,
  remarks: readonly string[] = [],
): CallResult {
  const { message, skip_reason: reason, callable_at: callableAt } = error;
  const { phoneNumber, initialContext, environment, notes } = call;
  const asked = { phone_number: phoneNumber, initial_context: initialContext, environment };
  const result = refusedCall(asked, { reason, callableAt });
  return { ...result, notes: [message, ...whenCallable(callableAt), ...remarks, ...notes] };
}

function whenCallable(callableAt: string | null): string[] {
  return callableAt === null ? [] : [`The calling rules allow this call from ${callableAt}.`];
}
