import { allowedCalls } from './allowed-calls';
import type { AttemptRecord, DialedCall, FamilyRecord, ResultRecord } from './family-record';
import type { AgentPlan } from './plan';

/** The kinds of findings. There must be none of them. */
export const FINDINGS = {
  doubled: 'numbers dialed more often than asked for',
  otherItem: 'results with the call of another number or item',
  otherDograh: 'results with a call of another Dograh',
  unmarked: 'earlier calls without a mark, or new calls with one',
  withheld: 'calls that were refused or not placed, though nothing failed',
  leaked: 'stored executions, and logs of n8n, with an API key',
  violations: 'requests and responses that break the contract',
} as const;

export type FindingKind = keyof typeof FINDINGS;

export interface Finding {
  readonly kind: FindingKind;
  readonly what: string;
}

/** Compares what happened with the rule. */
export function checkFamily(record: FamilyRecord): Finding[] {
  return [
    ...doubled(record),
    ...record.attempts.flatMap((attempt, index) =>
      attempt.results.flatMap((result) => checkResult(record, { index, attempt, result })),
    ),
    ...record.attempts.flatMap(givenTwice),
    ...newTwice(record),
    ...withheld(record),
    ...record.attempts
      .filter(({ hasKey }) => hasKey)
      .map(({ executionId }) => finding('leaked', `execution ${executionId}`)),
  ];
}

function finding(kind: FindingKind, what: string): Finding {
  return { kind, what };
}

function doubled({ plan, attempts, calls }: FamilyRecord): Finding[] {
  const allowed = allowedCalls(plan.subject.kind, attempts);
  return [...new Set(calls.map(({ phone }) => phone))].flatMap((phone) => {
    const dialed = calls.filter((call) => call.phone === phone).length;
    const limit = allowed.get(phone) ?? 0;
    return dialed > limit
      ? [finding('doubled', `${phone}: ${dialed} calls, ${limit} allowed`)]
      : [];
  });
}

interface Seen {
  readonly index: number;
  readonly attempt: AttemptRecord;
  readonly result: ResultRecord;
}

function checkResult(record: FamilyRecord, { index, attempt, result }: Seen): Finding[] {
  const { plan, attempts, calls } = record;
  const { runId, phone, isMarked, by } = result;
  const what = `attempt ${index}: the ${by} got run ${runId} for ${phone}`;
  const isIt = (call: DialedCall): boolean => call.runId === runId && call.phone === phone;
  // In a retry, an agent from version 3 shows the model results of the attempt before, which n8n has stored.
  const sources = by === 'model' ? attempts.slice(0, index + 1) : [attempt];
  const call = calls.find(
    (one) => isIt(one) && sources.some(({ dograh }) => dograh === one.dograh),
  );
  if (call === undefined) {
    return [finding(calls.some(isIt) ? 'otherDograh' : 'otherItem', what)];
  }
  if (by === 'model') return [];
  const isEarlier = call.attempt < index;
  if (isEarlier && !isMarked) return [finding('unmarked', `${what}, not marked`)];
  const isWronglyMarked = !isEarlier && isMarked && plan.subject.kind === 'rows';
  return isWronglyMarked ? [finding('unmarked', `${what}, marked`)] : [];
}

/** A call of one row was returned for another row. */
function givenTwice({ results }: AttemptRecord, index: number): Finding[] {
  const rows = results.filter(({ row }) => row !== undefined);
  return rows.flatMap(({ runId, row }, position) => {
    const other = rows.slice(0, position).find((one) => one.runId === runId && one.row !== row);
    if (other === undefined) return [];
    const what = `attempt ${index}: run ${runId} for rows ${String(other.row)} and ${String(row)}`;
    return [finding('otherItem', what)];
  });
}

/** A tool reported the same call twice as a new one. */
function newTwice({ plan, attempts }: FamilyRecord): Finding[] {
  if (plan.subject.kind === 'rows') return [];
  const news = attempts.flatMap(({ dograh, results }, index) =>
    results
      .filter(({ by, isMarked }) => by === 'node' && !isMarked)
      .map(({ runId }) => ({ key: `run ${runId} of Dograh ${dograh}`, index })),
  );
  return news
    .filter(({ key }, position) => news.findIndex((one) => one.key === key) < position)
    .map(({ key, index }) => finding('unmarked', `attempt ${index}: ${key} is new again`));
}

/** Before version 3, n8n mixes up the requests of several rows or agents at once. The node refuses them. */
function isMixedUp({ version, batchSize, isNested }: AgentPlan): boolean {
  return version < 3 && (batchSize > 1 || isNested);
}

/** If nothing failed, the node must not refuse a request, and must have placed each call. */
function withheld({ plan, attempts, calls }: FamilyRecord): Finding[] {
  const { subject } = plan;
  const isQuiet =
    !plan.crashes &&
    // On a very busy machine, a request can reach its time limit.
    attempts.every(({ unclear }) => unclear.length === 0) &&
    plan.attempts.every(({ faults, isElsewhere }) => faults.length === 0 && !isElsewhere) &&
    (subject.kind === 'rows' || !isMixedUp(subject));
  if (!isQuiet) return [];
  return attempts.flatMap(({ status, asked, refused }, index) => {
    // A row with an invalid number stops the node.
    const mustSucceed = subject.kind === 'agent' || status === 'success';
    if (!mustSucceed) return [];
    const missing = asked.filter((phone) => {
      const times = subject.kind === 'agent' ? 1 : asked.filter((one) => one === phone).length;
      return calls.filter((call) => call.phone === phone).length < times;
    });
    const isInvalid = subject.kind === 'rows' && subject.onError === 'continueRegularOutput';
    return [
      ...missing.map((phone) => finding('withheld', `attempt ${index}: ${phone} was not dialed`)),
      ...(isInvalid ? [] : refused).map((said) =>
        finding('withheld', `attempt ${index}: refused, ${said}`),
      ),
    ];
  });
}
