import type { Campaign } from './campaign';
import { defaultCircuitBreaker } from './campaign-settings';

/** Counts the failed calls of campaigns, each in a window of time. */
export class CircuitBreaker {
  private readonly outcomes = new Map<number, { atMs: number; isFailure: boolean }[]>();

  /** Records the end of a call. Returns Dograh's sentence if there are too many failed calls now. */
  record(campaign: Campaign, isFailure: boolean, nowMs: number): string | undefined {
    const config = campaign.settings.circuitBreaker ?? defaultCircuitBreaker;
    if (!config.enabled) return undefined;
    const windowStart = nowMs - config.window_seconds * 1000;
    const recent = (this.outcomes.get(campaign.id) ?? []).filter(({ atMs }) => atMs > windowStart);
    recent.push({ atMs: nowMs, isFailure });
    this.outcomes.set(campaign.id, recent);
    const failures = recent.filter((outcome) => outcome.isFailure).length;
    const rate = failures / recent.length;
    if (recent.length < config.min_calls_in_window || rate < config.failure_threshold) {
      return undefined;
    }
    return (
      `Paused: failure rate ${percent(rate)} (${String(failures)}/${String(recent.length)}) ` +
      `exceeded threshold ${percent(config.failure_threshold)} in ${String(config.window_seconds)}s window`
    );
  }

  reset(campaignId: number): void {
    this.outcomes.delete(campaignId);
  }
}

function percent(part: number): string {
  return `${(part * 100).toFixed(2)}%`;
}
