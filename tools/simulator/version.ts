/** The oldest and the newest Dograh that a user may have. */
export type DograhVersion = '1.45' | '1.48';

/** What a version does differently. */
export interface VersionProfile {
  /** Whether it writes how the call ended beside what it achieved. */
  readonly writesCallStatus: boolean;
  /** Variables that it drops from the client's context and fills in itself. */
  readonly ownVariables: ReadonlySet<string>;
  /**
   * How careful it is with campaigns. The careful version loses no row that is dialed too soon, shares caller IDs
   * between calls, and completes a campaign as soon as its last call is over.
   */
  readonly hasCarefulCampaigns: boolean;
}

const PROFILES: Readonly<Record<DograhVersion, VersionProfile>> = {
  '1.45': { writesCallStatus: false, ownVariables: new Set(), hasCarefulCampaigns: false },
  '1.48': {
    writesCallStatus: true,
    ownVariables: new Set(['call_id', 'workflow_run_id']),
    hasCarefulCampaigns: true,
  },
};

export function profileOf(version: DograhVersion): VersionProfile {
  return PROFILES[version];
}

/** The version to simulate if a test does not choose one: that of the environment, or else the oldest. */
export function usualVersion(): DograhVersion {
  const version = process.env['SIMULATED_DOGRAH'] ?? '1.45';
  if (version === '1.45' || version === '1.48') return version;
  throw new Error(`SIMULATED_DOGRAH must be 1.45 or 1.48, not ${version}.`);
}
