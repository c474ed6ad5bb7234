import type { CallResult } from '@dograh/shared';
import type { Item, Operation } from '../../host/each-item';
import { runItem } from '../../host/output';
import { readCall, readMaxWait, withVariables } from './read-call';

/** Places one call per item, and is done as soon as Dograh accepted it. */
export const trigger: Operation = async (item) => runItem(item.context, await place(item));

/** The run of this item's call, which is placed unless an earlier attempt did. */
export async function place(item: Item): Promise<CallResult> {
  const { context, client, itemIndex, placed } = item;
  const call = readCall(item);
  const { phoneNumber } = client.prepareCall(call);
  const maxWaitMs = readMaxWait(context, itemIndex);
  const signal = context.getExecutionCancelSignal();
  return await placed.once(itemIndex, phoneNumber, {
    place: async () => client.placeCall(await withVariables(call, item), { maxWaitMs, signal }),
    recover: (lost) => client.recoverCall(call, lost, signal),
  });
}
