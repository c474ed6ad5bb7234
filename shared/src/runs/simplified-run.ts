import type { CallResult } from './call-result';

const FIELDS = [
  'workflow_run_id',
  'workflow_run_name',
  'agent_name',
  'status',
  'outcome',
  'disposition',
  'phone_number',
  'duration_seconds',
  'started_at',
  'run_url',
] as const satisfies readonly (keyof CallResult)[];

/** What a table of runs needs. */
export type SimplifiedRun = Pick<CallResult, (typeof FIELDS)[number]>;

export function simplifyRun(run: CallResult): SimplifiedRun {
  return Object.fromEntries(FIELDS.map((name) => [name, run[name]])) as unknown as SimplifiedRun;
}
