import type { Operation } from '../../execution/each-item';
import { runItem } from '../../execution/output';

/** One run with what was said in its call. */
export const getTranscript: Operation = async ({ context, node, client, read }) => {
  return runItem(
    node,
    await client.getTranscript(read('runId'), context.getExecutionCancelSignal()),
  );
};
