import { Refusal } from '../answer';
import type { Campaign, CampaignRow } from './campaign';
import { claimBatch, putBack, type Batch } from './campaign-batch';
import type { CampaignDefect, CampaignDefects } from './campaign-defects';
import { missingSlot, type MissingSlot } from './campaign-slot';
import { dialRow } from './dial-row';
import type { RunClock } from '../run-clock';
import type { Runs } from '../runs';
import { profileOf } from '../version';
import type { World } from '../world';

const maxWaitsForCallerId = 3;

/** What the worker needs from the rest of Dograh. */
export interface Workshop {
  world: World;
  runs: Runs;
  clock: RunClock;
  defects: CampaignDefects;
  /** From one row to the next one. */
  rowMs: number;
  slotTimeoutMs: number;
  onBatchEnd: (campaign: Campaign) => void;
  onCallFailed: (campaign: Campaign) => void;
  onFailure: (campaign: Campaign, event: string, message: string) => void;
}

/** Dials the rows of campaigns, in batches. */
export class CampaignWorker {
  private readonly batches = new Map<number, Batch>();
  /** When an organization may dial its next row, by the clock's elapsed time. */
  private readonly nextTurn = new Map<number, number>();
  private readonly waitsForCallerId = new Map<number, number>();

  constructor(private readonly workshop: Workshop) {}

  isBusy({ id }: Campaign): boolean {
    return this.batches.has(id);
  }

  /** Takes rows out of the queue, and begins to dial them. Does nothing if a batch is under way or no row is due. */
  begin(campaign: Campaign): void {
    const batch = this.claim(campaign);
    if (batch) this.proceed(batch);
  }

  /** Dials the rows of the batch under way, or of a new one, without the pauses between them. */
  runNow(campaign: Campaign): void {
    const batch = this.batches.get(campaign.id) ?? this.claim(campaign);
    while (batch && this.batches.get(campaign.id) === batch && !batch.isKilled) {
      const rowsBefore = batch.rows.length;
      this.nextTurn.delete(campaign.organizationId);
      this.takeTurn(batch);
      if (batch.rows.length === rowsBefore) return;
    }
  }

  /** Forgets a batch whose worker was killed. Its rows are never dialed. */
  forgetKilled({ id }: Campaign): void {
    if (this.batches.get(id)?.isKilled) this.batches.delete(id);
  }

  clear(): void {
    this.batches.clear();
    this.nextTurn.clear();
    this.waitsForCallerId.clear();
  }

  private claim(campaign: Campaign): Batch | undefined {
    const { clock } = this.workshop;
    if (this.isBusy(campaign) || campaign.state !== 'running') return undefined;
    const batch = claimBatch(campaign, clock.nowMs(), clock.elapsedMs());
    if (batch) this.batches.set(campaign.id, batch);
    return batch;
  }

  /** Waits until the organization may dial. Dograh 1.45 waits for one turn only. Then the row fails without a run. */
  private proceed(batch: Batch): void {
    const { clock, rowMs, world } = this.workshop;
    const { campaign, rows } = batch;
    if (this.batches.get(campaign.id) !== batch || batch.isKilled) return;
    const [row] = rows;
    if (!row) {
      this.end(batch);
      return;
    }
    const turn = this.nextTurn.get(campaign.organizationId) ?? 0;
    const wait = turn - clock.elapsedMs();
    if (wait <= 0) {
      this.takeTurn(batch);
    } else if (turn - batch.waitsSince > rowMs && !profileOf(world.version).hasCarefulCampaigns) {
      this.drop(batch, row);
    } else {
      clock.at(turn, () => {
        this.proceed(batch);
      });
    }
  }

  private takeTurn(batch: Batch): void {
    const { clock, defects, rowMs } = this.workshop;
    const { campaign, rows } = batch;
    const [row] = rows;
    if (!row) {
      this.end(batch);
      return;
    }
    const defect = batch.missing === undefined ? defects.takeFor(campaign) : undefined;
    if (defect && this.breakDown(batch, row, defect)) return;
    this.nextTurn.set(campaign.organizationId, clock.elapsedMs() + rowMs);
    this.dialOrWait(batch, row, defect?.kind === 'killed-worker');
  }

  /** Returns false if the row is dialed all the same. */
  private breakDown(batch: Batch, row: CampaignRow, defect: CampaignDefect): boolean {
    if (defect.kind === 'lost-rows') this.drop(batch, row);
    else if (defect.kind === 'failed-campaign') {
      this.fail(batch, 'batch_failed', defect.message ?? 'Batch processing failed: unknown error');
    } else if (defect.kind === 'killed-worker' && defect.moment === 'before-dialing') {
      batch.isKilled = true;
    } else return false;
    return true;
  }

  private dialOrWait(batch: Batch, row: CampaignRow, isKilledAfter = false): void {
    const { clock, rowMs, runs, slotTimeoutMs, world } = this.workshop;
    const { campaign } = batch;
    if (this.batches.get(campaign.id) !== batch || batch.rows[0] !== row) return;
    try {
      const missing = missingSlot(campaign, world, runs);
      if (missing === undefined) {
        this.dial(batch, row, isKilledAfter);
        return;
      }
      if (missing !== batch.missing) batch.waitsSince = clock.elapsedMs();
      batch.missing = missing;
      if (clock.elapsedMs() - batch.waitsSince > slotTimeoutMs) this.giveUp(batch, missing);
      else
        clock.after(rowMs, () => {
          this.dialOrWait(batch, row, isKilledAfter);
        });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (!profileOf(world.version).hasCarefulCampaigns) this.drop(batch, row);
      else this.fail(batch, 'batch_failed', `Batch processing failed: ${String(error.detail)}`);
    }
  }

  private dial(batch: Batch, row: CampaignRow, isKilledAfter: boolean): void {
    const { runs, world, onCallFailed } = this.workshop;
    const { campaign } = batch;
    const isPlaced = dialRow(campaign, row, world, runs);
    if (isKilledAfter) {
      batch.isKilled = true;
      return;
    }
    this.waitsForCallerId.delete(campaign.id);
    row.state = isPlaced ? 'processed' : 'failed';
    // Dograh adds to the number from the beginning of the batch.
    if (isPlaced) campaign.processedRows = batch.processedBefore + 1;
    else onCallFailed(campaign);
    this.next(batch);
  }

  /** The row fails without a run. */
  private drop(batch: Batch, row: CampaignRow): void {
    row.state = 'failed';
    this.next(batch);
  }

  private next(batch: Batch): void {
    batch.rows.shift();
    batch.missing = undefined;
    batch.waitsSince = this.workshop.clock.elapsedMs();
    this.proceed(batch);
  }

  private giveUp(batch: Batch, missing: MissingSlot): void {
    const { campaign } = batch;
    if (missing === 'concurrent-call') {
      const ids = `org ${String(campaign.organizationId)}, campaign ${String(campaign.id)}`;
      const reason = `Failed to acquire concurrent slot for ${ids}`;
      this.fail(batch, 'batch_failed', `Concurrent slot acquisition timeout: ${reason}`);
      return;
    }
    const waits = (this.waitsForCallerId.get(campaign.id) ?? 0) + 1;
    this.waitsForCallerId.set(campaign.id, waits);
    if (waits < maxWaitsForCallerId) {
      putBack(batch);
      this.end(batch);
    } else {
      const reason = 'no free from_number available to dispatch outbound calls';
      this.fail(batch, 'phone_number_pool_exhausted', `Phone number pool exhausted: ${reason}`);
    }
  }

  private fail(batch: Batch, event: string, message: string): void {
    putBack(batch);
    this.batches.delete(batch.campaign.id);
    this.workshop.onFailure(batch.campaign, event, message);
  }

  private end({ campaign }: Batch): void {
    this.batches.delete(campaign.id);
    this.workshop.onBatchEnd(campaign);
  }
}
