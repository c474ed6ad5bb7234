import { wasStarted, type Campaign } from './campaign';
import { parseLaunchFileName, type LaunchFileName } from './launch-file-name';
import type { ListedCampaigns } from './list-campaigns';

/**
 * How long a launch may take from each new campaign to the next one, and from the last one to its start. Then it gives
 * up, because others may believe that it ended.
 */
export const MAX_STEP_MS = 120_000;
/** A launch without a new campaign for this time will never start one. It is longer than a step and a slow request. */
export const ABANDONED_MS = 300_000;

/** One attempt to launch a reference: all its campaigns. */
export interface Launch {
  readonly id: string;
  readonly plan: LaunchFileName['plan'];
  /**
   * By part: the campaign with the lowest ID, or the one that a person has started. No other one of the part is ever
   * started.
   */
  readonly parts: ReadonlyMap<number, Campaign>;
  /** Campaigns that were created twice, because a response was lost, or by a person. They are never started. */
  readonly spare: readonly Campaign[];
  /** The lowest ID. */
  readonly firstId: number;
  /** Whether one of its campaigns was started, by this client or by a person. */
  readonly isStarted: boolean;
  /** Whether the reference counts as launched. */
  readonly isDone: boolean;
  /** Whether it may still start a campaign. */
  readonly isLive: boolean;
}

/**
 * The launches of a reference, in the order of their first campaigns. A campaign that redials another one has the same
 * file, but is no launch.
 * @param now by our clock, if Dograh does not tell its time
 */
export function launchesOf(
  reference: string,
  { campaigns, now: timeOfDograh }: ListedCampaigns,
  now: number,
): readonly Launch[] {
  const byLaunch = new Map<string, { name: LaunchFileName; campaigns: Campaign[] }>();
  for (const campaign of [...campaigns].sort((one, other) => one.id - other.id)) {
    const name = launchNameOf(campaign);
    if (name?.reference !== reference) continue;
    const known = byLaunch.get(name.launch);
    if (known === undefined) byLaunch.set(name.launch, { name, campaigns: [campaign] });
    else known.campaigns.push(campaign);
  }
  return [...byLaunch.values()].map(({ name, campaigns: own }) =>
    toLaunch(name, own, timeOfDograh ?? now),
  );
}

/** The launch that counts. One that a person has started comes before those that wait for a person. */
export function doneIn(launches: readonly Launch[]): Launch | undefined {
  return launches.find(({ isStarted }) => isStarted) ?? launches.find(({ isDone }) => isDone);
}

/** What the file name of a campaign says. Undefined if no launch of this client created it. */
export function launchNameOf({ sourceId, parentId }: Campaign): LaunchFileName | undefined {
  return parentId === null ? parseLaunchFileName(sourceId) : undefined;
}

function toLaunch(name: LaunchFileName, campaigns: readonly Campaign[], now: number): Launch {
  const parts = new Map<number, Campaign>();
  for (const campaign of campaigns) {
    const { part = 0 } = launchNameOf(campaign) ?? {};
    const known = parts.get(part);
    const isFirstStarted = known !== undefined && !wasStarted(known) && wasStarted(campaign);
    if (known === undefined || isFirstStarted) parts.set(part, campaign);
  }
  const chosen = new Set(parts.values());
  const isStarted = campaigns.some(wasStarted);
  const isDone = isStarted || (name.plan === 'hold' && parts.size === name.parts);
  const newest = Math.max(...campaigns.map(({ createdAt }) => createdAt ?? now));
  return {
    id: name.launch,
    plan: name.plan,
    parts,
    spare: campaigns.filter((campaign) => !chosen.has(campaign)),
    firstId: Math.min(...campaigns.map(({ id }) => id)),
    isStarted,
    isDone,
    isLive: !isDone && now - newest < ABANDONED_MS,
  };
}
