/** How long each part of a campaign takes, in milliseconds. `Infinity` means never by itself. */
export interface CampaignTiming {
  /** From the start until the file is read. */
  syncMs: number;
  /** From one call to the next one of the organization, and between two looks for a free slot. */
  rowMs: number;
  /** From one look for work and for completed campaigns to the next one. */
  checkMs: number;
  /** How long a campaign waits for a slot before it fails. */
  slotTimeoutMs: number;
  /** From the last activity until a campaign of Dograh 1.45 is completed. */
  completedAfterMs: number;
}

/** The pace of a real Dograh. A test that moves the clock on sees nothing happen by itself. */
export const dograhPace: CampaignTiming = {
  syncMs: 1000,
  rowMs: 1000,
  checkMs: 60_000,
  slotTimeoutMs: 600_000,
  completedAfterMs: 3_600_000,
};

/** So fast that nobody waits, except for what must be over or paused for long. */
export const usualPace: CampaignTiming = { ...dograhPace, syncMs: 30, rowMs: 30, checkMs: 100 };
