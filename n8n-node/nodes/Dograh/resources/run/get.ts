import type { Operation } from '../../execution/each-item';
import { runItem } from '../../execution/output';

/** One run by its ID alone, as it is now. */
export const get: Operation = async ({ context, node, client, itemIndex }) => {
  const runId = context.getNodeParameter('runId', itemIndex);
  return runItem(node, await client.getRun(runId, context.getExecutionCancelSignal()));
};
