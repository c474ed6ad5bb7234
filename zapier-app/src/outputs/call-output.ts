import { RESULT_LABELS as labels, type CallResult } from '@dograh/shared';
import type { OutputFields } from 'zapier-platform-core';

/** Zapier requires an `id` on every item. This one is the run ID. */
export type CallOutput = CallResult & { readonly id: number };

export function toOutput(result: CallResult): CallOutput {
  return { id: result.workflow_run_id, ...result };
}

/** The most used fields come first. */
export const callOutputFields: OutputFields = [
  { key: 'id', label: 'ID', type: 'integer' },
  { key: 'workflow_run_id', label: labels.workflow_run_id, type: 'integer' },
  { key: 'workflow_run_name', label: labels.workflow_run_name, type: 'string' },
  { key: 'workflow_id', label: labels.workflow_id, type: 'integer' },
  { key: 'agent_name', label: labels.agent_name, type: 'string' },
  { key: 'status', label: labels.status, type: 'string' },
  { key: 'outcome', label: labels.outcome, type: 'string' },
  { key: 'disposition', label: labels.disposition, type: 'string' },
  { key: 'phone_number', label: labels.phone_number, type: 'string' },
  { key: 'duration_seconds', label: labels.duration_seconds, type: 'number' },
  { key: 'started_at', label: labels.started_at, type: 'datetime' },
  { key: 'gathered_context', label: labels.gathered_context, dict: true },
  { key: 'initial_context', label: labels.initial_context, dict: true },
  { key: 'recording_url', label: labels.recording_url, type: 'string' },
  { key: 'transcript_url', label: labels.transcript_url, type: 'string' },
  { key: 'transcript', label: labels.transcript, type: 'string' },
  { key: 'cost', label: labels.cost, type: 'number' },
  { key: 'environment', label: labels.environment, type: 'string' },
  { key: 'run_url', label: labels.run_url, type: 'string' },
  { key: 'recovered', label: labels.recovered, type: 'boolean' },
  { key: 'skipped', label: labels.skipped, type: 'boolean' },
  { key: 'notes', label: labels.notes, type: 'string', list: true },
  { key: 'mode', label: labels.mode, type: 'string' },
  { key: 'caller_number', label: labels.caller_number, type: 'string' },
  { key: 'usage_info', label: labels.usage_info, dict: true },
  { key: 'annotations', label: labels.annotations, dict: true },
];
