import type { CallResult } from '@dograh/shared';
import type { Item } from '../../execution/each-item';
import { runItem } from '../../execution/output';
import type { Operation } from '../operation';
import { readCall, readMaxWait, withVariables } from './read-call';

/** Places one call per item, and returns when Dograh has accepted it. */
export const trigger: Operation = {
  option: {
    name: 'Trigger Call',
    value: 'trigger',
    action: 'Trigger call',
    description: 'Have a voice agent call a phone number',
  },
  fields: [],
  execute: async (item) => runItem(item.node, await place(item)),
};

/** Places this item's call, unless an earlier attempt placed it, and returns its run. */
export async function place(item: Item): Promise<CallResult> {
  const { context, client, itemIndex, read, placed } = item;
  const call = readCall(item);
  const prepared = client.prepareCall(call);
  const maxWaitMs = readMaxWait(read);
  const signal = context.getExecutionCancelSignal();
  return await placed.once(itemIndex, prepared.phoneNumber, {
    place: async () => {
      const complete = await withVariables(call, item);
      const request = complete === call ? prepared : client.prepareCall(complete);
      return await client.placePrepared(request, { maxWaitMs, signal });
    },
    recover: (lost) => client.recoverCall(call, lost, signal),
  });
}
