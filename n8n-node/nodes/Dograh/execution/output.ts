import type { CallPreview, CallResult } from '@dograh/shared';
import type { INode, INodeExecutionData } from 'n8n-workflow';

/** The output of an operation with one result for each input item. */
export function oneItem(result: object): [INodeExecutionData] {
  return [{ json: { ...result } }];
}

/** What a model needs to go on with; all the rest would only fill its memory. */
const OF_A_RUN: readonly (keyof CallResult)[] = [
  'workflow_run_id',
  'agent_name',
  'status',
  'outcome',
  'disposition',
  'phone_number',
  'duration_seconds',
  'gathered_context',
  'transcript',
  'recovered',
  'skipped',
];
const OF_A_PREVIEW: readonly (keyof CallPreview)[] = [
  'agent_name',
  'phone_number',
  'notes',
  'greeting',
  'variables',
];

/** A run: all of it in a workflow, and in short for an AI agent. */
export function runItem(node: INode, run: CallResult): [INodeExecutionData] {
  return oneItem(isTool(node) ? brief(run, OF_A_RUN) : run);
}

export function previewItem(node: INode, shown: CallPreview): [INodeExecutionData] {
  return oneItem(isTool(node) ? brief(shown, OF_A_PREVIEW) : shown);
}

/** n8n gives the node this name where an AI agent uses it. */
export function isTool({ type }: INode): boolean {
  return type.endsWith('Tool');
}

function brief<T extends object>(whole: T, names: readonly (keyof T)[]): object {
  const told = names.map((name) => [name, whole[name]] as const);
  return Object.fromEntries(told.filter(([, value]) => value !== null && value !== false));
}
