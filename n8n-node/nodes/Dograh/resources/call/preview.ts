import type { Operation } from '../../execution/each-item';
import { previewItem } from '../../execution/output';
import { readCall, withVariables } from './read-call';

/** What Trigger Call would do with this item. Nobody is dialled. */
export const preview: Operation = async (item) => {
  const call = await withVariables(readCall(item), item);
  const signal = item.context.getExecutionCancelSignal();
  return previewItem(item.node, await item.client.previewCall(call, signal));
};
