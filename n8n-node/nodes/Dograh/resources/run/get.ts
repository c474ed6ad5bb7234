import { runItem } from '../../execution/output';
import type { Operation } from '../operation';

/** One run by its ID, in its current state. */
export const get: Operation = {
  option: {
    name: 'Get',
    value: 'get',
    action: 'Get run',
    description: 'Read the result of a call by its run ID',
  },
  fields: [],
  execute: async ({ context, node, client, read }) => {
    return runItem(node, await client.getRun(read('runId'), context.getExecutionCancelSignal()));
  },
};
