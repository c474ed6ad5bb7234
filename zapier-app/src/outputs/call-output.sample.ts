import type { CallOutput } from './call-output';

/** A call right after Dograh accepted it. Values that only a finished run has are null. */
export const triggeredCall: CallOutput = {
  id: 1204,
  workflow_run_id: 1204,
  workflow_run_name: 'WR-API-1204',
  workflow_id: null,
  agent_name: null,
  status: 'initiated',
  outcome: null,
  disposition: null,
  phone_number: '+14155550123',
  duration_seconds: null,
  started_at: null,
  gathered_context: null,
  initial_context: { customer_name: 'Ann', user: { plan: 'gold' } },
  recording_url: null,
  transcript_url: null,
  transcript: null,
  cost: null,
  environment: 'production',
  run_url: null,
  recovered: false,
  skipped: false,
  notes: [],
};
