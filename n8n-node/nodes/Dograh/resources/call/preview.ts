import { previewItem } from '../../execution/output';
import type { Operation } from '../operation';
import { readCall, withVariables } from './read-call';

/** What Trigger Call would do with this item. Nobody is dialled. */
export const preview: Operation = {
  option: {
    name: 'Preview Call',
    value: 'preview',
    action: 'Preview call',
    description:
      'See what Trigger Call would send and what the agent would say, without calling anybody',
  },
  fields: [],
  execute: async (item) => {
    const call = await withVariables(readCall(item), item);
    const signal = item.context.getExecutionCancelSignal();
    return previewItem(item.node, await item.client.previewCall(call, signal));
  },
};
