import { previewItem } from '../../execution/output';
import type { Operation } from '../operation';
import { readCall } from './call-input';

/** Shows what Trigger Call would do with this item. It places no call. */
export const preview: Operation = {
  option: {
    name: 'Preview Call',
    value: 'preview',
    action: 'Preview call',
    description:
      'Show what Trigger Call would send and what the agent would say, without placing a call',
  },
  fields: [],
  execute: async (item) => {
    const call = item.client.prepare(readCall(item));
    const signal = item.context.getExecutionCancelSignal();
    return previewItem(item.node, await call.preview(signal));
  },
};
