import type { Session } from '../connection/session';
import type { ScheduleRequest } from '../contract/types.gen';
import { quote } from '../errors/quote';
import { wasStarted, type CampaignState } from './campaign';
import { campaignResult, type CampaignResult } from './campaign-result';
import type { ContactProblem, RefusedContact } from './contact';
import type { ContactFile } from './contact-files';
import { launchNameOf } from './launch-rivals';
import type { Launched } from './launch-campaigns';

/** A contact that the launch left out. */
export interface SkippedContact {
  /** How the user finds it, e.g. `Item 4`. */
  readonly contact: string;
  /** As it was given, if it could not be read. Null if it was no text. */
  readonly phone_number: string | null;
  readonly reason: ContactProblem;
  readonly explanation: string;
}

/** The result of a launch: one per campaign, in the same shape as every campaign, with what only the launch knows. */
export interface LaunchedCampaign extends Omit<
  CampaignResult,
  'campaign_id' | 'state' | 'workflow_id'
> {
  /** Null if no contact was left, so that no campaign was created. */
  readonly campaign_id: number | null;
  readonly state: CampaignState | 'not_created';
  readonly workflow_id: number | null;
  readonly campaign_reference: string;
  /** Whether the reference was launched before. Then nothing was created, and this is the earlier campaign. */
  readonly skipped: boolean;
  /** From 1 on: one set of time zones is one campaign, and so is each 10 MB of data. */
  readonly part: number;
  readonly parts: number;
  /** Those of all its contacts. Empty without Calling Hours. */
  readonly time_zones: readonly string[];
  /** When Dograh begins calls, e.g. `Mon 09:00-18:48 America/New_York`. Empty if at any time. */
  readonly calling_hours: readonly string[];
  /** The contacts of all campaigns that were left out. Only in the first result. */
  readonly skipped_contacts: readonly SkippedContact[];
  /** IDs of campaigns with the same reference that were created and are never started. */
  readonly never_started_campaigns: readonly number[];
  /** The indexes of its contacts in the input. A host uses them to pair items, and leaves them out. */
  readonly contact_indexes: readonly number[];
}

/** What the launch knows besides the campaigns. */
export interface LaunchSummary {
  readonly reference: string;
  readonly name: string;
  readonly refused: readonly RefusedContact[];
  readonly nameOfContact: (index: number) => string;
  readonly notes: readonly string[];
}

/** The file and the schedule of one campaign. */
export interface LaunchedFile {
  readonly file: ContactFile;
  readonly schedule: ScheduleRequest | undefined;
}

/** @param files by part; empty if the reference was launched before */
export function resultsOf(
  { campaigns, wasLaunchedBefore, neverStarted, otherRunning }: Launched,
  files: readonly LaunchedFile[],
  summary: LaunchSummary,
  session: Session,
): readonly LaunchedCampaign[] {
  const parts = [...campaigns].sort(([one], [other]) => one - other);
  return parts.map(([part, campaign], index) => {
    const { file, schedule } = files[part - 1] ?? {};
    const contacts = file?.contacts.length;
    const counts =
      contacts === undefined
        ? undefined
        : { called: 0, pending: contacts, never_called: 0, running: 0 };
    const result = campaignResult(campaign, session, counts);
    const isIdle = !wasStarted(campaign);
    const { campaign_id, campaign_name, state, ...others } = result;
    return {
      campaign_id,
      campaign_name,
      campaign_reference: summary.reference,
      state,
      skipped: wasLaunchedBefore,
      ...others,
      contacts: contacts ?? campaign.contacts,
      ...ofLaunch(summary, index === 0),
      part,
      parts: launchNameOf(campaign)?.parts ?? parts.length,
      time_zones: file?.zones ?? [],
      calling_hours: schedule === undefined ? [] : inWords(schedule),
      never_started_campaigns: neverStarted,
      contact_indexes: file?.contacts.map((contact) => contact.index) ?? [],
      notes: [
        ...(wasLaunchedBefore ? [launchedBeforeNote(summary)] : []),
        ...(isIdle ? [notStarted(campaign.id)] : []),
        ...(neverStarted.length > 0 ? [unused(neverStarted)] : []),
        ...(files.length > 1 ? [SEVERAL] : []),
        ...(otherRunning.length > 0 ? [besideNote(otherRunning)] : []),
        ...(schedule === undefined ? [] : [ENDS_EARLY]),
        ...(index === 0 ? summary.notes : []),
      ],
    };
  });
}

/** The result of a launch without any contact. */
export function noCampaign(summary: LaunchSummary): LaunchedCampaign {
  return {
    campaign_id: null,
    campaign_name: summary.name,
    campaign_reference: summary.reference,
    state: 'not_created',
    skipped: false,
    contacts: 0,
    called: 0,
    pending: 0,
    never_called: 0,
    running: 0,
    percent: null,
    workflow_id: null,
    agent_name: null,
    created_at: null,
    started_at: null,
    completed_at: null,
    telephony_configuration_id: null,
    parent_campaign_id: null,
    redial_campaign_id: null,
    problem: null,
    campaign_url: null,
    ...ofLaunch(summary, true),
    part: 1,
    parts: 1,
    time_zones: [],
    calling_hours: [],
    never_started_campaigns: [],
    contact_indexes: [],
    notes: ['No contact was left, so no campaign was created.', ...summary.notes],
  };
}

function ofLaunch({ refused, nameOfContact }: LaunchSummary, isFirst: boolean) {
  return {
    skipped_contacts: (isFirst ? refused : []).map(
      ({ index, phoneNumber, reason, explanation }) => ({
        contact: nameOfContact(index),
        phone_number: phoneNumber,
        reason,
        explanation,
      }),
    ),
  };
}

const SEVERAL =
  'The contacts are in several campaigns, which run at the same time and share your lines. Dograh 1.45 can lose contacts then. Check them when the campaigns are finished. To run one after the other, turn off Start Now, and resume the next one each time.';
const ENDS_EARLY =
  'The hours end early, because Dograh checks them only before each batch of ten contacts.';

function launchedBeforeNote({ reference }: LaunchSummary): string {
  return `${quote(reference)} was launched before, so nobody was called by this step. For another campaign, use another reference.`;
}

function besideNote(ids: readonly number[]): string {
  return `Campaign ${ids.join(', ')} is running, too. Dograh 1.45 can lose contacts of campaigns that run at the same time. Check them when the campaigns are finished.`;
}

function notStarted(id: number): string {
  return `Campaign ${id} is not started. Resume it to start it, or start it in the Dograh dashboard.`;
}

function unused(ids: readonly number[]): string {
  return `Created for the same reference and not used: campaign ${ids.join(', ')}. Do not start them in the Dograh dashboard, because their contacts would be called twice.`;
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function inWords({ slots, timezone = 'UTC' }: ScheduleRequest): readonly string[] {
  return slots.map(
    ({ day_of_week: day, start_time: start, end_time: end }) =>
      `${DAYS[day] ?? ''} ${start}-${end} ${timezone}`,
  );
}
