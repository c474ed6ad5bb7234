import type { Session } from '../connection/session';
import type {
  Campaign as CampaignInContract,
  CampaignRequest,
  ScheduleRequest,
} from '../contract/types.gen';
import { isId, parseId } from '../input/id';
import { timeOrNull } from '../runs/listed-run';
import { isRecord, textOrNull, type Fields } from '../transport/answer';
import { parseLaunchFileName } from './launch-file-name';

/**
 * `created`: never started. `syncing`: Dograh reads its file. `completed`: in Dograh 1.45, an hour after the last
 * activity. `failed`: Dograh gave up, and nothing starts it again.
 */
export const CAMPAIGN_STATES = [
  'created',
  'syncing',
  'running',
  'paused',
  'completed',
  'failed',
] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

/** The parts of the request to create a campaign that say how it dials. */
export type LaunchSettings = Pick<
  CampaignRequest,
  | 'telephony_configuration_id'
  | 'max_concurrency'
  | 'retry_config'
  | 'schedule_config'
  | 'circuit_breaker'
>;

/** A campaign as Dograh describes it. Times in milliseconds since 1970, by Dograh's clock. */
export interface Campaign {
  readonly id: number;
  readonly name: string;
  readonly workflowId: number;
  readonly agentName: string | null;
  readonly state: CampaignState;
  /** The key of the file with the contacts, which contains the name of the file. */
  readonly sourceId: string;
  /** The contacts in the file. Null until Dograh has read the file. */
  readonly contacts: number | null;
  readonly createdAt: number | null;
  readonly startedAt: number | null;
  readonly completedAt: number | null;
  /** The rows that were dialed. Each retry is a row of its own. Null if Dograh does not say. */
  readonly executedRows: number | null;
  /** All rows, retries included. Null if Dograh does not say. */
  readonly queuedRows: number | null;
  readonly telephonyConfigurationId: number | null;
  /** The campaign that this one redials. */
  readonly parentId: number | null;
  /** The campaign that redials this one. */
  readonly redialId: number | null;
  /** Why Dograh itself paused or failed it, in Dograh's words. Null if it did not. */
  readonly problem: string | null;
  /** When it did so. */
  readonly problemAt: number | null;
  /** How it dials, as far as Dograh says it, for another campaign that dials in the same way. */
  readonly settings: LaunchSettings;
}

/** @throws InvalidInputError */
export function parseCampaignId(value: unknown): number {
  return parseId(
    value,
    'Campaign',
    'Choose the campaign from the list, or enter its ID: the number in the address of its page in the Dograh dashboard.',
  );
}

/** Undefined if the value is not a campaign. */
export function parseCampaign(value: unknown): Campaign | undefined {
  const campaign: Fields<CampaignInContract> = isRecord(value) ? value : {};
  const state = CAMPAIGN_STATES.find((known) => known === campaign.state);
  const { id, workflow_id: workflowId, source_id: sourceId } = campaign;
  if (!isId(id) || !isId(workflowId) || state === undefined || typeof sourceId !== 'string') {
    return undefined;
  }
  return {
    id,
    name: textOrNull(campaign.name) ?? '',
    workflowId,
    agentName: textOrNull(campaign.workflow_name),
    state,
    sourceId,
    contacts: countOrNull(campaign.total_rows),
    createdAt: timeOrNull(campaign.created_at),
    startedAt: timeOrNull(campaign.started_at),
    completedAt: timeOrNull(campaign.completed_at),
    executedRows: countOrNull(campaign.executed_count),
    queuedRows: countOrNull(campaign.total_queued_count),
    telephonyConfigurationId: idOrNull(campaign.telephony_configuration_id),
    parentId: idOrNull(campaign.parent_campaign_id),
    redialId: idOrNull(campaign.redialed_campaign_id),
    ...problemIn(campaign.logs),
    settings: settingsIn(value),
  };
}

/** Dograh says that the circuit breaker is off although it is on, so an inactive one is left out. */
function settingsIn(value: unknown): LaunchSettings {
  const settings: Fields<LaunchSettings> = isRecord(value) ? value : {};
  const { retry_config: retry, schedule_config: schedule, circuit_breaker: breaker } = settings;
  const { telephony_configuration_id: telephony, max_concurrency: concurrency } = settings;
  return {
    ...(isId(telephony) ? { telephony_configuration_id: telephony } : {}),
    ...(isId(concurrency) ? { max_concurrency: concurrency } : {}),
    ...(isRecord(retry) ? { retry_config: retry } : {}),
    ...(isRecord(schedule) && Array.isArray(schedule['slots'])
      ? { schedule_config: schedule as unknown as ScheduleRequest }
      : {}),
    ...(isRecord(breaker) && breaker['enabled'] === true ? { circuit_breaker: breaker } : {}),
  };
}

/** The campaign whose contacts a campaign calls again: by this client, or by Dograh. Null if it is no redial. */
export function redialedBy({ sourceId, parentId }: Campaign): number | null {
  return parentId ?? parseLaunchFileName(sourceId)?.redialOf ?? null;
}

/** Whether Dograh may dial its contacts, or did. Only a campaign that was never started can be started. */
export function wasStarted({ state, startedAt }: Campaign): boolean {
  return state !== 'created' || startedAt !== null;
}

/** The last entry that says why Dograh stopped. */
function problemIn(logs: unknown): Pick<Campaign, 'problem' | 'problemAt'> {
  const entries: unknown[] = Array.isArray(logs) ? logs : [];
  const problems = entries.flatMap((entry) => {
    const problem = isRecord(entry) ? textOrNull(entry['message']) : null;
    return isRecord(entry) && problem !== null
      ? [{ problem, problemAt: timeOrNull(entry['ts']) }]
      : [];
  });
  return problems.at(-1) ?? { problem: null, problemAt: null };
}

function countOrNull(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function idOrNull(value: unknown): number | null {
  return isId(value) ? value : null;
}

/** The address of a campaign's route below `/api/v1`. */
export function campaignUrl(id: number, path: '' | `/${string}`, { baseUrl }: Session): string {
  return baseUrl.resolve(`/campaign/${id}${path}`);
}
