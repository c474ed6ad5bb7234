import { RESULT_LABELS, type CallResult } from '@dograh/shared';
import type { OutputFields } from 'zapier-platform-core';

/** Zapier requires an `id` on every item. This one is the run ID. It is null if a calling rule did not allow the call. */
export type CallOutput = CallResult & { readonly id: number | null };

export function toOutput(result: CallResult): CallOutput {
  return { id: result.workflow_run_id, ...result };
}

/** How Zapier shows each value. The most used fields come first. */
const SHAPES = {
  workflow_run_id: { type: 'integer' },
  workflow_run_name: { type: 'string' },
  workflow_id: { type: 'integer' },
  agent_name: { type: 'string' },
  status: { type: 'string' },
  outcome: { type: 'string' },
  disposition: { type: 'string' },
  phone_number: { type: 'string' },
  duration_seconds: { type: 'number' },
  started_at: { type: 'datetime' },
  gathered_context: { dict: true },
  initial_context: { dict: true },
  recording_url: { type: 'string' },
  transcript_url: { type: 'string' },
  transcript: { type: 'string' },
  cost: { type: 'number' },
  environment: { type: 'string' },
  run_url: { type: 'string' },
  recovered: { type: 'boolean' },
  skipped: { type: 'boolean' },
  skip_reason: { type: 'string' },
  callable_at: { type: 'datetime' },
  notes: { type: 'string', list: true },
  mode: { type: 'string' },
  channel: { type: 'string' },
  caller_number: { type: 'string' },
  usage_info: { dict: true },
  annotations: { dict: true },
} as const satisfies Readonly<Record<keyof CallResult, object>>;

export const callOutputFields: OutputFields = [
  { key: 'id', label: 'ID', type: 'integer' },
  ...Object.entries(SHAPES).map(([key, shape]) => ({
    key,
    label: RESULT_LABELS[key as keyof CallResult],
    ...shape,
  })),
];
