import type { Campaign } from './campaign';

/** A failure of Dograh while it works on a campaign. */
export type CampaignDefect = {
  /** Default: the first campaign to which it applies. */
  campaignId?: number;
  /** How many rows were dialed or failed before. Default: 0. */
  afterRows?: number;
} & (
  | {
      /** Rows that fail without a run. They are never dialed. */
      kind: 'lost-rows';
      /** Default: 1. */
      rows?: number;
    }
  | {
      /**
       * The worker is killed within a batch. The other rows of the batch are never dialed. If it is killed after
       * dialing, Dograh does not know that the last row was dialed. The next batch begins 5 minutes later.
       */
      kind: 'killed-worker';
      moment: 'before-dialing' | 'after-dialing';
    }
  /** The campaign fails, and cannot be resumed. */
  | { kind: 'failed-campaign'; message?: string }
  /**
   * Dograh accepts a second start while it reads the file, because two requests at once both saw the state `created`.
   * It then reads the file twice. Its database refuses the same rows, so no contact is called twice, but the campaign
   * fails after its first batch.
   */
  | { kind: 'raced-start' }
);

/** The planned failures of campaigns. Each applies once. */
export class CampaignDefects {
  private planned: CampaignDefect[] = [];

  add(defect: CampaignDefect): void {
    this.planned.push(defect);
  }

  clear(): void {
    this.planned = [];
  }

  /** Returns whether a second start is accepted, and counts the defect as used. */
  takeRacedStart({ id, state }: Campaign): boolean {
    const index = this.planned.findIndex(
      ({ kind, campaignId = id }) => kind === 'raced-start' && campaignId === id,
    );
    if (index === -1 || state !== 'syncing') return false;
    this.planned.splice(index, 1);
    return true;
  }

  /** Returns the defect that applies before the next row, and counts it as used. */
  takeFor({ id, rows }: Campaign): CampaignDefect | undefined {
    const handled = rows.filter(({ state }) => state === 'processed' || state === 'failed').length;
    const index = this.planned.findIndex(
      ({ kind, campaignId = id, afterRows = 0 }) =>
        kind !== 'raced-start' && campaignId === id && handled >= afterRows,
    );
    const defect = this.planned[index];
    if (!defect) return undefined;
    const left = defect.kind === 'lost-rows' ? (defect.rows ?? 1) - 1 : 0;
    if (defect.kind === 'lost-rows' && left > 0) {
      this.planned[index] = { ...defect, campaignId: id, rows: left };
    } else {
      this.planned.splice(index, 1);
    }
    return defect;
  }
}
