import type { Run, RunDetails } from './run';

/** @param index the number of runs before it */
export function newRun(details: RunDetails, runId: number, index: number, createdAt: string): Run {
  return {
    ...details,
    runId,
    runName: nameOf(details, index),
    createdAt,
    placedAt: null,
    states: [],
    gatheredContext: {},
    resultsAt: null,
    durationSeconds: 0,
    chargeUsd: null,
    disposition: null,
    callbacks: [],
    error: null,
    artifactsAt: null,
    artifacts: { transcript: null, hasRecording: false },
    annotations: {},
    publicAccessToken: null,
  };
}

/** Dograh's names have few digits, so two runs can have the same name. */
function nameOf({ direction, environment, campaignRow }: RunDetails, index: number): string {
  if (campaignRow) {
    return `WR-CAMPAIGN-${String(campaignRow.campaignId)}-${String(campaignRow.rowId)}`;
  }
  if (direction === 'inbound') return `WR-TEL-IN-${String(10_000_000 + index * 37)}`;
  const label = environment === 'test' ? 'TEST' : 'API';
  return `WR-${label}-${String(1000 + ((index * 37) % 9000))}`;
}
