import type { BaseUrl } from '../connection/base-url';
import type { JsonObject, JsonValue } from '../context/json-value';
import { DograhError } from '../errors/dograh-error';
import { quote } from '../errors/quote';
import { refuse } from '../errors/refuse';
import type { CallResult } from '../runs/call-result';
import { listRunsTo } from '../runs/list-runs';
import { resultOfListedRun, type ListedRun } from '../runs/listed-run';
import type { Operation } from '../transport/operation';
import type { CallRequest } from './call-input';
import { CALL_REFERENCE } from './call-reference';
import { CLOCK_SKEW_MS } from './time-limits';

const HOUR_MS = 3_600_000;
const LONGEST_HOURS = 24 * 366;

/** "Once for this reference": within the window, a second call to the same number is not placed. */
export interface SkipRule {
  readonly reference: string;
  readonly windowMs: number;
}

/** @throws InvalidInputError for what is no time, and where no reference says which calls are the same */
export function parseSkipRule(hours: unknown, context: JsonObject): SkipRule | undefined {
  const given = typeof hours === 'string' ? hours.trim() : hours;
  if (given === undefined || given === null || given === '') return undefined;
  const value = typeof given === 'string' ? Number(given) : given;
  if (value === 0) return undefined;
  if (typeof value !== 'number' || !(value > 0 && value <= LONGEST_HOURS)) {
    throw refuse(
      `${quote(hours)} is not a number of hours in which a call is not to be repeated.`,
      `Use more than 0 and at most ${LONGEST_HOURS}, or leave the field empty.`,
    );
  }
  const reference = referenceIn(context);
  if (reference === undefined) {
    throw refuse(
      'Skip If Called Within needs a Call Reference, by which a call is known again.',
      'Fill in the Call Reference, e.g. with the ID of the record in your CRM.',
    );
  }
  return { reference, windowMs: value * HOUR_MS };
}

/**
 * The newest run of this reference to this number within the window, when there is one, whatever came of it:
 * running, finished, busy, unanswered or failed. Only a run that failed before anybody was dialled is no call.
 * @throws DograhError where that cannot be found out; nobody is dialled then
 */
export async function earlierCall(
  call: CallRequest,
  rule: SkipRule,
  baseUrl: BaseUrl,
  operation: Operation,
): Promise<CallResult | undefined> {
  const since = operation.clock.now() - rule.windowMs - CLOCK_SKEW_MS;
  const query = { calledNumber: call.phoneNumber, since };
  const runs = await listRunsTo(query, baseUrl, operation).catch((error: unknown) => {
    if (!(error instanceof DograhError) || error.kind === 'Cancelled') throw error;
    throw error.within(
      `It could not be found out whether ${call.phoneNumber} was called before`,
      'This number was not dialled.',
    );
  });
  const earlier = runs.find((run) => isCall(run) && isFor(rule.reference, run));
  return earlier && { ...resultOfListedRun(earlier, call), skipped: true };
}

function isCall(run: ListedRun): boolean {
  return run.failedBeforeDialling === null;
}

function isFor(reference: string, run: ListedRun): boolean {
  return run.initialContext !== null && referenceIn(run.initialContext) === reference;
}

function referenceIn(context: JsonObject): string | undefined {
  const value: JsonValue | undefined = context[CALL_REFERENCE];
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const text = String(value).trim();
  return text === '' ? undefined : text;
}
