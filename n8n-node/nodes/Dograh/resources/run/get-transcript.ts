import { runItem } from '../../execution/output';
import type { Operation } from '../operation';

/** One run with the transcript of its call. */
export const getTranscript: Operation = {
  option: {
    name: 'Get Transcript',
    value: 'getTranscript',
    action: 'Get transcript of run',
    description: 'Read the transcript and the result of a call',
  },
  fields: [],
  execute: async ({ context, node, client, read }) => {
    return runItem(
      node,
      await client.getTranscript(read('runId'), context.getExecutionCancelSignal()),
    );
  },
};
