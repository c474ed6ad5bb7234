import type { CampaignSettings } from './campaign-settings';

export type CampaignState = 'created' | 'syncing' | 'running' | 'paused' | 'completed' | 'failed';

/** A contact of a campaign, or a retry of one. */
export interface CampaignRow {
  /** Unique in this Dograh, not in the campaign. The name of its run ends with it. */
  id: number;
  /** `csv_{hash}_row_{n}`. 1 is the first contact of the file. */
  sourceUuid: string;
  /** Its columns, and for a retry what Dograh adds. */
  context: Record<string, unknown>;
  /** `processing` while its batch is under way, and forever if the worker was killed. */
  state: 'queued' | 'processing' | 'processed' | 'failed';
  /** 0 for the first call of a contact. */
  retryCount: number;
  parentRowId: number | null;
  /** Milliseconds since 1970. Null for a row that is no retry. */
  scheduledForMs: number | null;
  /** Null if there is no run, also of a row that failed. */
  runId: number | null;
}

/** Why Dograh itself paused or failed the campaign. */
export interface CampaignLog {
  ts: string;
  level: 'warning' | 'error';
  event: string;
  message: string;
}

/** A campaign as Dograh records it. */
export interface Campaign {
  id: number;
  name: string;
  organizationId: number;
  /** The agent's ID (Dograh's API: workflow_id). */
  agentId: number;
  sourceId: string;
  state: CampaignState;
  settings: CampaignSettings;
  telephonyConfigurationId: number | null;
  /** ISO-8601 UTC, like all times here. */
  createdAt: string;
  startedAt: string | null;
  completedAt: string | null;
  /** How often a start was accepted. A test expects at most one. */
  startedTimes: number;
  /** The contacts with a phone number. Null until the file was read. */
  totalRows: number | null;
  /** All contacts and retries. Empty until the file was read. */
  rows: CampaignRow[];
  /** The rows with a run, in the order of their calls. */
  dialedRows: CampaignRow[];
  /** Wrong, as in Dograh: it counts one row of each batch. */
  processedRows: number;
  /** Contacts that all retries did not reach. */
  failedRows: number;
  parentCampaignId: number | null;
  redialedCampaignId: number | null;
  sync: { status: 'pending' | 'in_progress' | 'completed' | 'failed'; at: string | null };
  logs: CampaignLog[];
}

/** Whether a row may be dialed in the next batch. */
export function isDue({ state, scheduledForMs }: CampaignRow, nowMs: number): boolean {
  return state === 'queued' && (scheduledForMs === null || scheduledForMs <= nowMs);
}
