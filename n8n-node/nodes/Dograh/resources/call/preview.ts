import { oneItem, type Operation } from '../../host/each-item';
import { readCall } from './read-call';

/** What Trigger Call would do with this item. Nobody is dialled. */
export const preview: Operation = async (item) => {
  const call = await readCall(item);
  return oneItem(await item.client.previewCall(call, item.context.getExecutionCancelSignal()));
};
