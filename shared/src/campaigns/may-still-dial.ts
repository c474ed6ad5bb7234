import type { Campaign } from './campaign';
import type { CampaignRuns } from './campaign-runs';

/**
 * A batch waits up to ten minutes for a free call and up to ten minutes for a free caller ID, before each of its calls.
 * Dograh does not stop it when it pauses, fails or completes the campaign. After this time without a call, no batch is
 * under way. Some minutes more, because clocks and queues are not exact.
 */
const MAX_BATCH_PAUSE_MS = 25 * 60_000;
/** Dograh's size of a batch. */
export const MAX_BATCH = 10;

type KnownRuns = Pick<CampaignRuns, 'runs' | 'lastAt' | 'now'>;

/** Whether Dograh may still dial a contact without a call. */
export function mayStillDial(campaign: Campaign, runs: KnownRuns): boolean {
  return !isEnded(campaign) || certainAt(campaign, runs) !== null;
}

/** Whether Dograh begins no more batches, whatever the user does. */
export function isEnded({ state }: Campaign): boolean {
  return state === 'completed' || state === 'failed';
}

/**
 * When it is certain that no batch is under way, in milliseconds since 1970, by Dograh's clock. Null: it is certain now.
 * Only for a campaign in which Dograh begins no more batches.
 */
export function certainAt(campaign: Campaign, runs: KnownRuns): number | null {
  if (rowsWithoutRun(campaign, runs) === 0) return null;
  const { startedAt, problemAt, state } = campaign;
  const times = [startedAt, runs.lastAt, state === 'completed' ? null : problemAt];
  const at = Math.max(...times.map((time) => time ?? 0)) + MAX_BATCH_PAUSE_MS;
  return at > runs.now ? at : null;
}

/** How many rows of a batch that is under way may still be dialed. */
export function maxStillDialed(campaign: Campaign, runs: KnownRuns): number {
  if (certainAt(campaign, runs) === null) return 0;
  return Math.min(MAX_BATCH, rowsWithoutRun(campaign, runs));
}

/** Each row, also each retry, gets one run when it is dialed. */
export function rowsWithoutRun({ queuedRows, contacts }: Campaign, { runs }: KnownRuns): number {
  return Math.max(0, (queuedRows ?? contacts ?? 0) - runs);
}

/** @param at in milliseconds since 1970 */
export function lastBatchNote(at: number): string {
  return `Dograh may still dial contacts of its last batch. It is certain at ${new Date(at).toISOString()} which contacts it never called. Wait until then before you call them in another way.`;
}
