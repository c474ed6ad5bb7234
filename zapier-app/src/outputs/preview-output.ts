import type { CallPreview } from '@dograh/shared';
import type { OutputFields } from 'zapier-platform-core';

/** The ID is null because a preview has no run. */
export type PreviewOutput = CallPreview & { readonly id: null };

export function toPreviewOutput(preview: CallPreview): PreviewOutput {
  return { id: null, ...preview };
}

/** The fields that only a preview has, in the order of the preview. */
export const previewOutputFields: OutputFields = [
  { key: 'greeting__text', label: 'Greeting', type: 'string' },
  { key: 'greeting__recording_id', label: 'Greeting Recording', type: 'string' },
  { key: 'prompts[]node', label: 'Prompt Node', type: 'string' },
  { key: 'prompts[]text', label: 'Prompt', type: 'string' },
  { key: 'calling_rules__callable_now', label: 'Callable Now (Preview)', type: 'boolean' },
  { key: 'calling_rules__callable_at', label: 'Callable At (Preview)', type: 'datetime' },
  { key: 'calling_rules__skip_reason', label: 'Skip Reason (Preview)', type: 'string' },
  { key: 'calling_rules__rules[]rule', label: 'Rule', type: 'string' },
  { key: 'calling_rules__rules[]allows', label: 'Rule Allows the Call', type: 'boolean' },
  { key: 'calling_rules__rules[]explanation', label: 'Rule Explanation', type: 'string' },
  { key: 'variables__filled', label: 'Filled Variables', dict: true },
  { key: 'variables__fallback', label: 'Variables with Fallback', dict: true },
  { key: 'variables__missing', label: 'Missing Variables', type: 'string', list: true },
  {
    key: 'variables__may_be_fetched',
    label: 'Variables That May Be Fetched',
    type: 'string',
    list: true,
  },
  { key: 'variables__unused', label: 'Unused Variables', type: 'string', list: true },
  { key: 'variables__set_by_dograh', label: 'Variables Set by Dograh', type: 'string', list: true },
  { key: 'agent_version', label: 'Version That Would Run', type: 'string' },
  { key: 'method', label: 'Request Method', type: 'string' },
  { key: 'url', label: 'Request URL', type: 'string' },
  { key: 'body', label: 'Request Body', dict: true },
];
