import type { Operation } from '../../host/each-item';

/** One run by its ID alone, as it is now. */
export const get: Operation = ({ context, client, itemIndex }) =>
  client.getRun(context.getNodeParameter('runId', itemIndex), context.getExecutionCancelSignal());
