import type { CallResult } from '@dograh/shared';
import type { OutputFields } from 'zapier-platform-core';

/** Zapier requires an `id` on every item. This one is the run ID. */
export type CallOutput = CallResult & { readonly id: number };

export function toOutput(result: CallResult): CallOutput {
  return { id: result.workflow_run_id, ...result };
}

/** The most used fields come first. */
export const callOutputFields: OutputFields = [
  { key: 'id', label: 'ID', type: 'integer' },
  { key: 'workflow_run_id', label: 'Run ID', type: 'integer' },
  { key: 'workflow_run_name', label: 'Run Name', type: 'string' },
  { key: 'workflow_id', label: 'Agent ID', type: 'integer' },
  { key: 'agent_name', label: 'Agent Name', type: 'string' },
  { key: 'status', label: 'Status', type: 'string' },
  { key: 'outcome', label: 'Outcome', type: 'string' },
  { key: 'disposition', label: 'Disposition', type: 'string' },
  { key: 'phone_number', label: 'Phone Number', type: 'string' },
  { key: 'duration_seconds', label: 'Duration in Seconds', type: 'number' },
  { key: 'started_at', label: 'Started At', type: 'datetime' },
  { key: 'gathered_context', label: 'Gathered Context', dict: true },
  { key: 'initial_context', label: 'Initial Context', dict: true },
  { key: 'recording_url', label: 'Recording URL', type: 'string' },
  { key: 'transcript_url', label: 'Transcript URL', type: 'string' },
  { key: 'transcript', label: 'Transcript', type: 'string' },
  { key: 'cost', label: 'Cost', type: 'number' },
  { key: 'environment', label: 'Agent Version', type: 'string' },
  { key: 'run_url', label: 'Run URL', type: 'string' },
  { key: 'recovered', label: 'Recovered', type: 'boolean' },
  { key: 'skipped', label: 'Skipped', type: 'boolean' },
  { key: 'notes', label: 'Notes', type: 'string', list: true },
  { key: 'mode', label: 'Mode', type: 'string' },
  { key: 'caller_number', label: 'Caller Number', type: 'string' },
  { key: 'usage_info', label: 'Usage', dict: true },
  { key: 'annotations', label: 'Annotations', dict: true },
];
