import type { Campaign, CampaignRow } from './campaign';
import type { CampaignSettings } from './campaign-settings';

/** The values of a campaign that are known when it is created. */
export interface NewCampaign {
  name: string;
  organizationId: number;
  agentId: number;
  sourceId: string;
  settings: CampaignSettings;
  telephonyConfigurationId: number | null;
  parentCampaignId?: number;
}

/** All campaigns of a simulated Dograh. */
export class Campaigns {
  readonly all: Campaign[] = [];
  private rowCount = 0;

  create(given: NewCampaign, createdAt: string): Campaign {
    const campaign: Campaign = {
      parentCampaignId: null,
      ...given,
      id: this.all.length + 1,
      state: 'created',
      createdAt,
      startedAt: null,
      completedAt: null,
      startedTimes: 0,
      totalRows: null,
      rows: [],
      dialedRows: [],
      processedRows: 0,
      failedRows: 0,
      redialedCampaignId: null,
      sync: { status: 'pending', at: null },
      logs: [],
    };
    this.all.push(campaign);
    return campaign;
  }

  addRow(
    campaign: Campaign,
    given: Pick<CampaignRow, 'sourceUuid' | 'context'> & Partial<CampaignRow>,
  ): CampaignRow {
    this.rowCount += 1;
    const row: CampaignRow = {
      state: 'queued',
      retryCount: 0,
      parentRowId: null,
      scheduledForMs: null,
      runId: null,
      ...given,
      id: this.rowCount,
    };
    campaign.rows.push(row);
    return row;
  }

  withId(id: number): Campaign | undefined {
    return this.all.find((campaign) => campaign.id === id);
  }

  /** Throws an error for a test. */
  require(id: number): Campaign {
    const campaign = this.withId(id);
    if (!campaign) throw new Error(`There is no campaign ${String(id)}.`);
    return campaign;
  }

  clear(): void {
    this.all.length = 0;
    this.rowCount = 0;
  }
}
