import type { CallHistory, EarlierCall } from '../calling-rules/call-history';
import { ContractError } from '../errors/dograh-error';
import { skippedFor, type RunResult } from '../runs/call-result';
import { resultOfListedRun, type ListedRun } from '../runs/listed-run';
import { referenceIn } from '../variables/call-reference';
import type { JsonObject } from '../variables/json-value';
import { CALL_REQUEST_ID } from '../variables/reserved-names';
import type { CallRequest } from './call-input';
import type { SkipRule } from './skip-rule';

/** The run of an earlier request of a host. */
export interface FoundRequest {
  readonly callRequestId: string;
  /** The initial context of the run. */
  readonly context: JsonObject;
}

/** Earlier requests of a host for the same number. It finds them by the IDs that it gave them. */
export interface EarlierRequests {
  /** How far to search back, in milliseconds. */
  readonly windowMs: number;
  /** Whether a request with this ID may be an earlier attempt at this call. */
  readonly includes: (callRequestId: string) => boolean;
  /** Chooses among all such requests, the newest first. Default: the newest one. */
  readonly choose?: (found: readonly FoundRequest[]) => FoundRequest | undefined;
  /** Calls to a number with the same text wait for each other, and share the result. Default: they do not. */
  readonly sharedBy?: string | undefined;
}

/** Which earlier runs to the number of a call mean that it is not placed again. */
export interface EarlierCalls {
  readonly windowMs: number;
  /** What identifies the same call in the context of a run, for messages. */
  readonly label: string;
  /** How to place the call anyway. */
  readonly remedy: string;
  readonly includes: (context: JsonObject) => boolean;
  readonly choose?: EarlierRequests['choose'];
}

/** The runs with the Call Reference of this call. */
export function withReference({ reference, windowMs }: SkipRule): EarlierCalls {
  const includes: EarlierCalls['includes'] = (context) => referenceIn(context) === reference;
  const remedy = 'To call anyway, leave Skip If Called Within empty.';
  return { windowMs, label: 'Call Reference', remedy, includes };
}

/** The runs of these requests. */
export function ofRequests({ windowMs, includes, choose }: EarlierRequests): EarlierCalls {
  return {
    windowMs,
    label: 'request',
    remedy: 'To call anyway, start a new execution.',
    includes: (context) => {
      const id = requestIn(context);
      return id !== undefined && includes(id);
    },
    ...(choose && { choose }),
  };
}

/**
 * The earlier call, if there is one.
 * @throws DograhError if the history cannot be read; then the call is not placed
 */
export async function findEarlierCall(
  call: CallRequest,
  rules: readonly EarlierCalls[],
  history: CallHistory,
): Promise<RunResult | undefined> {
  const earlier = await history.search((calls) => findRun(rules, calls));
  return earlier && skippedFor(resultOfListedRun(earlier, call));
}

async function findRun(
  rules: readonly EarlierCalls[],
  calls: AsyncIterable<EarlierCall>,
): Promise<ListedRun | undefined> {
  const longest = Math.max(...rules.map(({ windowMs }) => windowMs));
  const candidates: ListedRun[] = [];
  for await (const { run, ageMs, isSameNumber } of calls) {
    if (ageMs > longest) break;
    if (!isSameNumber) continue;
    const including = rules.filter((rule) => ageMs <= rule.windowMs && isOf(rule, run));
    if (including.some(({ choose }) => choose === undefined)) return run;
    if (including.length > 0) candidates.push(run);
  }
  return chosen(candidates, rules);
}

function chosen(
  candidates: readonly ListedRun[],
  rules: readonly EarlierCalls[],
): ListedRun | undefined {
  const found = candidates.flatMap(({ initialContext: context }) => {
    const callRequestId = context === null ? undefined : requestIn(context);
    return context === null || callRequestId === undefined ? [] : [{ callRequestId, context }];
  });
  const choice = rules.map(({ choose }) => choose?.(found)).find((one) => one !== undefined);
  return candidates.find(({ initialContext }) => initialContext === choice?.context);
}

function requestIn({ [CALL_REQUEST_ID]: id }: JsonObject): string | undefined {
  return typeof id === 'string' ? id : undefined;
}

/** @throws ContractError if the list does not show the run's context */
function isOf(
  { includes, label, remedy }: EarlierCalls,
  { id, initialContext }: ListedRun,
): boolean {
  if (initialContext !== null) return includes(initialContext);
  throw new ContractError({
    message: `Dograh lists run ${id} to this number without its context, so its ${label} is not known.`,
    hint: `Check that run in the Dograh dashboard. ${remedy}`,
  });
}
