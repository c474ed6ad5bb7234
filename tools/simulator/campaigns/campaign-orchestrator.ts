import { isDue, type Campaign, type CampaignLog } from './campaign';
import type { CampaignTiming } from './campaign-timing';
import { CampaignWorker } from './campaign-worker';
import type { CampaignDefects } from './campaign-defects';
import type { Campaigns } from './campaigns';
import { isWithinSchedule } from './calling-schedule';
import { CircuitBreaker } from './circuit-breaker';
import { retryRow } from './retry-row';
import { isOver, type Run } from '../run';
import type { RunClock } from '../run-clock';
import type { Runs } from '../runs';
import type { Storage } from '../storage';
import { failSecondSync, syncCampaign } from './sync-campaign';
import { profileOf } from '../version';
import type { World } from '../world';

/** How long Dograh waits for a batch whose worker was killed. */
const stuckAfterMs = 300_000;

export interface OrchestratorParts {
  campaigns: Campaigns;
  world: World;
  runs: Runs;
  clock: RunClock;
  storage: Storage;
  defects: CampaignDefects;
  timing: CampaignTiming;
}

/** Decides when campaigns read their file, dial, retry, pause, fail and complete. */
export class CampaignOrchestrator {
  private readonly worker: CampaignWorker;
  private readonly breaker = new CircuitBreaker();
  /** By campaign, in milliseconds since 1970. */
  private readonly lastActivity = new Map<number, number>();
  private readonly batchBegan = new Map<number, number>();
  private isChecking = false;

  constructor(private readonly parts: OrchestratorParts) {
    const { world, runs, clock, defects, timing } = parts;
    this.worker = new CampaignWorker({
      world,
      runs,
      clock,
      defects,
      rowMs: timing.rowMs,
      slotTimeoutMs: timing.slotTimeoutMs,
      onBatchEnd: (campaign) => {
        this.noteActivity(campaign);
        this.beginBatch(campaign);
        this.completeByEvent(campaign);
      },
      onCallFailed: (campaign) => {
        this.record(campaign, true);
      },
      onFailure: (campaign, event, message) => {
        campaign.state = 'failed';
        this.log(campaign, 'error', event, message);
      },
    });
    runs.onChange((run) => {
      if (isOver(run)) this.callEnded(run);
    });
  }

  /** The file is read soon. A redial has its rows already. */
  started(campaign: Campaign): void {
    const { clock, timing } = this.parts;
    clock.after(timing.syncMs, () => {
      if (campaign.parentCampaignId === null) this.sync(campaign);
      else this.beginBatch(campaign);
    });
    this.keepChecking();
  }

  /** Whether a start is accepted although the campaign was started. Then its file is read again. */
  acceptsRacedStart(campaign: Campaign): boolean {
    const { clock, defects, timing } = this.parts;
    if (!defects.takeRacedStart(campaign)) return false;
    clock.after(timing.syncMs, () => {
      failSecondSync(campaign, clock.now());
    });
    return true;
  }

  resumed(campaign: Campaign): void {
    this.breaker.reset(campaign.id);
    this.keepChecking();
  }

  /** Dials one batch now, as far as there are slots. Reads the file before, if that was not done yet. */
  runBatch(campaign: Campaign): void {
    if (campaign.state === 'syncing') this.sync(campaign);
    this.batchBegan.set(campaign.id, this.parts.clock.nowMs());
    this.worker.runNow(campaign);
  }

  clear(): void {
    this.worker.clear();
    this.lastActivity.clear();
    this.batchBegan.clear();
    for (const { id } of this.parts.campaigns.all) this.breaker.reset(id);
    this.isChecking = false;
  }

  private sync(campaign: Campaign): void {
    const { campaigns, clock, storage } = this.parts;
    syncCampaign(campaign, campaigns, storage, clock.now());
    this.noteActivity(campaign);
    this.beginBatch(campaign);
  }

  private beginBatch(campaign: Campaign): void {
    const { clock } = this.parts;
    if (campaign.state !== 'running' || this.worker.isBusy(campaign)) return;
    if (!campaign.rows.some((row) => isDue(row, clock.nowMs()))) return;
    // After the rows, because formatting a time takes long, and this is checked often.
    if (!isWithinSchedule(campaign.settings.schedule, clock.nowMs())) return;
    this.batchBegan.set(campaign.id, clock.nowMs());
    this.worker.begin(campaign);
  }

  private keepChecking(): void {
    if (this.isChecking) return;
    this.isChecking = true;
    const { campaigns, clock, timing } = this.parts;
    clock.after(timing.checkMs, () => {
      this.isChecking = false;
      const running = campaigns.all.filter(({ state }) => state === 'running');
      for (const campaign of running) this.check(campaign);
      const isNeeded = campaigns.all.some(
        ({ state }) => state === 'running' || state === 'syncing',
      );
      if (isNeeded) this.keepChecking();
    });
  }

  private check(campaign: Campaign): void {
    const { clock, timing } = this.parts;
    const now = clock.nowMs();
    if (now - (this.batchBegan.get(campaign.id) ?? now) > stuckAfterMs) {
      this.worker.forgetKilled(campaign);
    }
    this.beginBatch(campaign);
    const isQueued = campaign.rows.some(({ state }) => state === 'queued');
    if (isQueued || this.worker.isBusy(campaign)) return;
    const quietMs = now - (this.lastActivity.get(campaign.id) ?? now);
    if (this.isCareful()) this.completeByEvent(campaign);
    else if (quietMs >= timing.completedAfterMs) this.complete(campaign);
  }

  private callEnded(run: Run): void {
    const { campaigns, clock } = this.parts;
    const campaign = campaigns.withId(run.campaignRow?.campaignId ?? 0);
    const row = campaign?.rows.find(({ id }) => id === run.campaignRow?.rowId);
    // Without a disposition, there was no call. The worker knows that already.
    if (!campaign || !row || run.disposition === null) return;
    this.record(campaign, run.disposition === 'failed' || run.disposition === 'error');
    const isRetried = retryRow(campaign, row, run.disposition, campaigns, clock.nowMs());
    if (isRetried) this.noteActivity(campaign);
    this.completeByEvent(campaign);
  }

  private record(campaign: Campaign, isFailure: boolean): void {
    if (campaign.state !== 'running') return;
    const tripped = this.breaker.record(campaign, isFailure, this.parts.clock.nowMs());
    if (tripped === undefined) return;
    campaign.state = 'paused';
    this.log(campaign, 'warning', 'circuit_breaker_tripped', tripped);
  }

  /** Dograh 1.48 completes a campaign when nothing is left to do. */
  private completeByEvent(campaign: Campaign): void {
    if (!this.isCareful() || campaign.state !== 'running' || this.worker.isBusy(campaign)) return;
    if (campaign.rows.some(({ state }) => state === 'queued')) return;
    const isCalling = this.parts.runs.all.some(
      (run) => run.campaignRow?.campaignId === campaign.id && !isOver(run),
    );
    if (!isCalling) this.complete(campaign);
  }

  private complete(campaign: Campaign): void {
    campaign.state = 'completed';
    campaign.completedAt = this.parts.clock.now();
  }

  private isCareful(): boolean {
    return profileOf(this.parts.world.version).hasCarefulCampaigns;
  }

  private noteActivity({ id }: Campaign): void {
    this.lastActivity.set(id, this.parts.clock.nowMs());
  }

  private log(
    campaign: Campaign,
    level: CampaignLog['level'],
    event: string,
    message: string,
  ): void {
    campaign.logs.push({ ts: this.parts.clock.now(), level, event, message });
  }
}
