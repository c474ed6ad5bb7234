import { isDue, type Campaign, type CampaignRow } from './campaign';
import type { MissingSlot } from './campaign-slot';

const batchSize = 10;

/** Rows that Dograh has taken out of the queue to dial them one after the other. */
export interface Batch {
  readonly campaign: Campaign;
  /** The rows that are not dialed yet. */
  readonly rows: CampaignRow[];
  readonly processedBefore: number;
  /** Since when the next row waits, by the clock's elapsed time. */
  waitsSince: number;
  /** What it waits for, beside its turn. */
  missing: MissingSlot | undefined;
  isKilled: boolean;
}

/** Takes the next rows out of the queue, retries first. Undefined if no row is due. */
export function claimBatch(
  campaign: Campaign,
  nowMs: number,
  waitsSince: number,
): Batch | undefined {
  const due = campaign.rows.filter((row) => isDue(row, nowMs));
  if (due.length === 0) return undefined;
  const retries = due.filter(({ scheduledForMs }) => scheduledForMs !== null);
  const others = due.filter(({ scheduledForMs }) => scheduledForMs === null);
  // Dograh takes any rows. This order is always the same, so that tests are.
  const rows = [...retries, ...others.toSorted(inFixedDisorder)].slice(0, batchSize);
  for (const row of rows) row.state = 'processing';
  const { processedRows: processedBefore } = campaign;
  return { campaign, rows, processedBefore, waitsSince, missing: undefined, isKilled: false };
}

/** Puts the rows that are not dialed yet back into the queue. */
export function putBack({ rows }: Batch): void {
  for (const row of rows.splice(0)) row.state = 'queued';
}

function inFixedDisorder(a: CampaignRow, b: CampaignRow): number {
  return placeOf(a) - placeOf(b);
}

/** A number that looks random, but is always the same for a row. */
function placeOf({ id }: CampaignRow): number {
  return Math.imul(id, 0x9e3779b1) >>> 0;
}
