import { oneItem, type Operation } from '../../host/each-item';

/** One run with what was said in its call. */
export const getTranscript: Operation = async ({ context, client, itemIndex }) => {
  const runId = context.getNodeParameter('runId', itemIndex);
  return oneItem(await client.getTranscript(runId, context.getExecutionCancelSignal()));
};
