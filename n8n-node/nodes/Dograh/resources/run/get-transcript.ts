import { runItem } from '../../execution/output';
import type { Operation } from '../operation';

/** One run with what was said in its call. */
export const getTranscript: Operation = {
  option: {
    name: 'Get Transcript',
    value: 'getTranscript',
    action: 'Get transcript of run',
    description: 'Read what was said in a call, and what came of it',
  },
  fields: [],
  execute: async ({ context, node, client, read }) => {
    return runItem(
      node,
      await client.getTranscript(read('runId'), context.getExecutionCancelSignal()),
    );
  },
};
