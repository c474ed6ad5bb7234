import type { Operation } from '../../execution/each-item';
import { runItem } from '../../execution/output';

/** One run by its ID alone, as it is now. */
export const get: Operation = async ({ context, node, client, read }) => {
  return runItem(node, await client.getRun(read('runId'), context.getExecutionCancelSignal()));
};
