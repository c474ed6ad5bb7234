import type { Session } from '../connection/session';
import { withoutRun, withRunUrl, type CallResult } from '../runs/call-result';
import { resultOfListedRun, whyNeverPlaced, type ListedRun } from '../runs/listed-run';
import { said } from '../transport/answer';
import type { Campaign } from './campaign';
import type { ContactRuns } from './campaign-runs';

/**
 * `called`: a phone was dialed, or may have been. `never_called`: certainly not, and Dograh will not call it. `pending`:
 * the rest.
 */
export const CONTACT_STATUSES = ['called', 'pending', 'never_called'] as const;
export type ContactStatus = (typeof CONTACT_STATUSES)[number];

/** One contact of a campaign, with its last call. Without a call, its values are null. */
export interface ContactResult extends CallResult {
  readonly campaign_id: number;
  /** Its place among the contacts of the file. 1 is the first. Null if it is not known which contact it is. */
  readonly contact: number | null;
  readonly contact_status: ContactStatus;
  /** Why it was never called, in a sentence. Null if it was, or may be. */
  readonly reason: string | null;
  /** Its runs in this campaign, retries included. */
  readonly calls: number;
  /** Its columns in the file, without the phone number. */
  readonly variables: Readonly<Record<string, string>>;
}

/** What is known of a contact. */
export interface KnownContact {
  readonly contact: number | null;
  readonly phoneNumber: string | null;
  readonly variables: Readonly<Record<string, string>>;
  /** Undefined if there is no run. */
  readonly runs: ContactRuns<ListedRun> | undefined;
  /** Whether the last run is over. */
  readonly isOver: boolean;
}

/** What applies to all contacts of a campaign. */
export interface ContactRules {
  readonly campaign: Campaign;
  /** Whether Dograh may still dial a contact without a run. */
  readonly mayDial: boolean;
  /** Remarks about contacts that are not known, and about those that are not called yet. */
  readonly unknownNotes: readonly string[];
  readonly pendingNotes: readonly string[];
}

export function contactResult(
  known: KnownContact,
  { campaign, mayDial, unknownNotes, pendingNotes }: ContactRules,
  session: Session,
): ContactResult {
  const { contact, phoneNumber, variables, runs } = known;
  const status = statusOf(runs, mayDial);
  const call = withRunUrl(callOf(known, status, campaign), session);
  const reason = status === 'never_called' ? reasonOf(runs?.last, campaign) : null;
  const first = {
    campaign_id: campaign.id,
    contact,
    phone_number: call.phone_number ?? phoneNumber,
    contact_status: status,
    reason,
    status: call.status,
    outcome: call.outcome,
    disposition: call.disposition,
    calls: runs?.calls ?? 0,
    variables,
  };
  const notes = [
    ...call.notes,
    ...(contact === null ? unknownNotes : []),
    ...(status === 'pending' ? pendingNotes : []),
  ];
  // What a person looks for comes first.
  return { ...first, ...call, ...first, notes };
}

/** A contact whose only run proves that no phone was dialed is not called again: Dograh retries only calls. */
export function statusOf(runs: ContactRuns | undefined, mayDial: boolean): ContactStatus {
  if (runs?.isCalled === true) return 'called';
  return runs === undefined && mayDial ? 'pending' : 'never_called';
}

function callOf(
  { phoneNumber, variables, runs, isOver }: KnownContact,
  status: ContactStatus,
  { workflowId, agentName }: Campaign,
): CallResult {
  if (runs === undefined) {
    const asked = { phone_number: phoneNumber, initial_context: variables, environment: null };
    const call = withoutRun(asked, status === 'pending' ? 'pending' : 'never_called');
    return { ...call, workflow_id: workflowId, agent_name: agentName };
  }
  // A campaign calls with the published version.
  const asked = { phoneNumber, environment: 'production' as const };
  return resultOfListedRun(runs.last, asked, { isCompleted: isOver });
}

function reasonOf(last: ListedRun | undefined, { state, problem }: Campaign): string {
  if (last !== undefined) {
    return `Dograh could not place the call${said(last.failure ?? whyNeverPlaced(last) ?? undefined)}.`;
  }
  return state === 'failed'
    ? `The campaign failed before Dograh dialed this contact${said(problem ?? undefined)}.`
    : 'Dograh completed the campaign without dialing this contact. Dograh 1.45 loses contacts that it cannot dial within a second, and those of a batch whose worker was stopped.';
}
