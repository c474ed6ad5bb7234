import type { EarlierCall } from '../calling-rules/call-history';
import { CLOCK_SKEW_MS } from '../calling-rules/call-history';
import { needsHistory, type CallingRules } from '../calling-rules/calling-rules';
import { decide } from '../calling-rules/check-rules';
import { decideByHours } from '../calling-rules/calling-hours';
import { clocksOf } from '../calling-rules/number-clocks';
import { assertShowsResult } from '../calling-rules/opt-out';
import { timeZonesOf } from '../calling-rules/time-zones';
import type { Session } from '../connection/session';
import { DograhError } from '../errors/dograh-error';
import { endsOf, mayReachSame } from '../input/may-reach-same';
import { failedBeforeDialing } from '../runs/failed-before-dialing';
import { pagesOfRuns, type RunPage } from '../runs/list-runs';
import { mayBeTo, type ListedRun } from '../runs/listed-run';
import type { Contact, RefusedContact } from './contact';

/** 100,000 runs. */
const MAX_PAGES = 1_000;
const NO_CALLS: readonly EarlierCall[] = [];

/** The contacts that the rules allow, and the others. */
export interface ContactsByRules {
  readonly allowed: readonly Contact[];
  readonly refused: readonly RefusedContact[];
}

/**
 * Applies the calling rules to all contacts, as of now. The calling hours refuse only numbers whose time zone is not
 * known: Dograh itself waits for the hours. The earlier calls to all contacts are read together, each page once.
 * @throws DograhError if the earlier calls cannot be read
 */
export async function applyRules(
  contacts: readonly Contact[],
  rules: CallingRules,
  session: Session,
): Promise<ContactsByRules> {
  const callsOf = needsHistory(rules)
    ? await readEarlierCalls(contacts, rules, session)
    : new Map<Contact, readonly EarlierCall[]>();
  const now = session.clock.now();
  const withoutHours = { ...rules, hours: undefined };
  const allowed: Contact[] = [];
  const refused: RefusedContact[] = [];
  for (const contact of contacts) {
    const { index, phoneNumber } = contact;
    const calls = callsOf.get(contact) ?? NO_CALLS;
    const refusal =
      decide(withoutHours, phoneNumber, calls, now).refusal ??
      refusalOfZones(rules, phoneNumber, now);
    if (refusal === undefined) {
      allowed.push(contact);
    } else {
      const { reason, rule, explanation } = refusal;
      refused.push({ index, phoneNumber, reason, explanation: `${rule}: ${explanation}` });
    }
  }
  return { allowed, refused };
}

function refusalOfZones({ hours }: CallingRules, phoneNumber: string, now: number) {
  if (hours === undefined || hours.clock !== undefined) return undefined;
  if (!('unknownBecause' in timeZonesOf(phoneNumber))) return undefined;
  const decision = decideByHours(hours, clocksOf(phoneNumber, hours), phoneNumber, now);
  return decision.allows ? undefined : decision;
}

/** The calls to each contact, newest first. */
async function readEarlierCalls(
  contacts: readonly Contact[],
  rules: CallingRules,
  session: Session,
): Promise<ReadonlyMap<Contact, readonly EarlierCall[]>> {
  const byEnd = groupByEnd(contacts);
  const calls = new Map<Contact, EarlierCall[]>();
  const since = session.clock.now() - windowOf(rules) - CLOCK_SKEW_MS;
  const query = { filters: [], since: Number.isFinite(since) ? since : undefined };
  try {
    for await (const page of pagesOfRuns(query, MAX_PAGES, session)) {
      for (const run of page.runs) {
        if (rules.doNotCallIfAsked !== undefined) assertShows(run);
        if (run.calledNumber === null || failedBeforeDialing(run)) continue;
        const { calledNumber } = run;
        const near = new Set(endsOf(calledNumber).flatMap((end) => byEnd.get(end) ?? []));
        for (const contact of near) {
          if (!mayReachSame(contact.phoneNumber, calledNumber)) continue;
          const known = calls.get(contact);
          const call = earlierCall(run, contact, page, session);
          if (known === undefined) calls.set(contact, [call]);
          else known.push(call);
        }
      }
    }
  } catch (error) {
    if (!(error instanceof DograhError) || error.kind === 'Cancelled') throw error;
    throw error.within('The check for earlier calls failed', 'No campaign was created.');
  }
  return calls;
}

function groupByEnd(contacts: readonly Contact[]): ReadonlyMap<string, readonly Contact[]> {
  const groups = new Map<string, Contact[]>();
  for (const contact of contacts) {
    for (const end of endsOf(contact.phoneNumber)) {
      const group = groups.get(end);
      if (group === undefined) groups.set(end, [contact]);
      else group.push(contact);
    }
  }
  return groups;
}

/** Opt-outs count at any age. */
function windowOf({ doNotCallIfAsked, attempts }: CallingRules): number {
  if (doNotCallIfAsked !== undefined) return Infinity;
  return Math.max(attempts.maximum?.windowMs ?? 0, attempts.minimumBetweenMs ?? 0);
}

function assertShows(run: ListedRun): void {
  assertShowsResult({ run, ageMs: 0, isSameNumber: true });
}

function earlierCall(
  run: ListedRun,
  { phoneNumber }: Contact,
  { now }: RunPage,
  { clock }: Session,
): EarlierCall {
  const latest = now ?? clock.now() - CLOCK_SKEW_MS;
  const ageMs = Math.max(0, latest - (run.createdAt ?? latest));
  return { run, ageMs, isSameNumber: mayBeTo(phoneNumber, run) };
}
