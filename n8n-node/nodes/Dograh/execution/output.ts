import type { CallPreview, CallResult } from '@dograh/shared';
import type { INode, INodeExecutionData } from 'n8n-workflow';

/** The output of an operation with one result for each input item. */
export function oneItem(result: object): [INodeExecutionData] {
  return [{ json: { ...result } }];
}

/** The fields that a model needs. More fields would only fill its context. */
const RUN_FIELDS_FOR_MODEL: readonly (keyof CallResult)[] = [
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
  'notes',
];
const PREVIEW_FIELDS_FOR_MODEL: readonly (keyof CallPreview)[] = [
  'agent_name',
  'phone_number',
  'notes',
  'greeting',
  'variables',
];

/** A run. An AI agent gets only the fields that a model needs. */
export function runItem(node: INode, run: CallResult): [INodeExecutionData] {
  return oneItem(isTool(node) ? pickFilled(run, RUN_FIELDS_FOR_MODEL) : run);
}

/**
 * A preview, without fields that have no value: n8n shows them in red, like a failure.
 * An AI agent gets only the fields that a model needs.
 */
export function previewItem(node: INode, preview: CallPreview): [INodeExecutionData] {
  const all = Object.keys(preview) as (keyof CallPreview)[];
  return oneItem(pickFilled(preview, isTool(node) ? PREVIEW_FIELDS_FOR_MODEL : all));
}

/** n8n adds Tool to the type of a node that an AI agent uses. */
export function isTool({ type }: INode): boolean {
  return type.endsWith('Tool');
}

/** The named fields, without those that are null, false or an empty list. */
function pickFilled<T extends object>(whole: T, names: readonly (keyof T)[]): object {
  const fields = names.map((name) => [name, whole[name]] as const);
  return Object.fromEntries(fields.filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  return value === null || value === false || (Array.isArray(value) && value.length === 0);
}
