import { SIMPLIFIED_RESULT } from '@dograh/shared';
import { resultOutput } from '../../execution/output';
import type { Operation } from '../operation';

const output = resultOutput(SIMPLIFIED_RESULT.run, true);

/** One run by its ID, in its current state. */
export const get: Operation = {
  option: {
    name: 'Get',
    value: 'get',
    action: 'Get run',
    description: 'Read the result of a call by its run ID',
  },
  fields: output.fields({ resource: ['run'], operation: ['get'] }),
  execute: async (item) => {
    const { context, client, read } = item;
    const toItem = output.read(item);
    return [toItem(await client.getRun(read('runId'), context.getExecutionCancelSignal()))];
  },
};
