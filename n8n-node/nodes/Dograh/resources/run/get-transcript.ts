import type { Operation } from '../../host/each-item';

/** One run with what was said in its call. */
export const getTranscript: Operation = ({ context, client, itemIndex }) =>
  client.getTranscript(
    context.getNodeParameter('runId', itemIndex),
    context.getExecutionCancelSignal(),
  );
