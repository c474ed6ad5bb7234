import { SIMPLIFIED_RESULT } from '@dograh/shared';
import { resultOutput } from '../../execution/output';
import type { Operation } from '../operation';

const output = resultOutput(SIMPLIFIED_RESULT.transcript, true);

/** One run with the transcript of its call. */
export const getTranscript: Operation = {
  option: {
    name: 'Get Transcript',
    value: 'getTranscript',
    action: 'Get transcript of run',
    description: 'Read the transcript and the result of a call',
  },
  fields: output.fields({ resource: ['run'], operation: ['getTranscript'] }),
  execute: async (item) => {
    const { context, client, read } = item;
    const toItem = output.read(item);
    const signal = context.getExecutionCancelSignal();
    return [toItem(await client.getTranscript(read('runId'), signal))];
  },
};
