import { PREVIEW_LABELS, SIMPLIFIED_PREVIEW, type CallPreview } from '@dograh/shared';
import { outputOf, withValues } from '../../execution/output';
import type { Operation } from '../operation';
import { readCall } from './call-input';

/** All values, because a preview is there to show the exact request. */
const output = outputOf<Partial<CallPreview>>({
  labels: PREVIEW_LABELS,
  id: 'agent_name',
  simplified: SIMPLIFIED_PREVIEW,
  simplify: false,
});

/** Shows what Trigger Call would do with this item. It places no call. */
export const preview: Operation = {
  option: {
    name: 'Preview Call',
    value: 'preview',
    action: 'Preview call',
    description:
      'Show what Trigger Call would send and what the agent would say, without placing a call',
  },
  fields: output.fields({ resource: ['call'], operation: ['preview'] }),
  execute: async (item) => {
    const toItem = output.read(item);
    const call = item.client.prepare(readCall(item));
    const signal = item.context.getExecutionCancelSignal();
    // n8n shows fields without a value in red, like a failure.
    return [toItem(withValues(await call.preview(signal)))];
  },
};
