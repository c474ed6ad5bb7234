import type { Operation } from '../../host/each-item';
import { readCall, readMaxWait } from './read-call';

/** Places one call per item, and is done as soon as Dograh accepted it. */
export const trigger: Operation = async ({ context, client, itemIndex, placed }) => {
  const call = readCall(context, itemIndex);
  const { phoneNumber } = client.prepareCall(call);
  const maxWaitMs = readMaxWait(context, itemIndex);
  const signal = context.getExecutionCancelSignal();
  return await placed.once(itemIndex, phoneNumber, {
    place: () => client.placeCall(call, { maxWaitMs, signal }),
    recover: (lost) => client.recoverCall(call, lost, signal),
  });
};
