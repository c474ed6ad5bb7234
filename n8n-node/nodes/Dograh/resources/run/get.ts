import { oneItem, type Operation } from '../../host/each-item';

/** One run by its ID alone, as it is now. */
export const get: Operation = async ({ context, client, itemIndex }) => {
  const runId = context.getNodeParameter('runId', itemIndex);
  return oneItem(await client.getRun(runId, context.getExecutionCancelSignal()));
};
