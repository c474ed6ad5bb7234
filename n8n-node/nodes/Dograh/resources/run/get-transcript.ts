import type { Operation } from '../../execution/each-item';
import { runItem } from '../../execution/output';

/** One run with what was said in its call. */
export const getTranscript: Operation = async ({ context, node, client, itemIndex }) => {
  const runId = context.getNodeParameter('runId', itemIndex);
  return runItem(node, await client.getTranscript(runId, context.getExecutionCancelSignal()));
};
