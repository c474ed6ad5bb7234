import type { Operation } from '../../execution/each-item';
import { oneItem } from '../../execution/output';

/** The agents that can be called, by name. */
export const getAll: Operation = async ({ context, client, itemIndex }) => {
  const environment = context.getNodeParameter('environment', itemIndex);
  const returnAll = context.getNodeParameter('returnAll', itemIndex);
  const limit = returnAll === true ? undefined : context.getNodeParameter('limit', itemIndex);
  const signal = context.getExecutionCancelSignal();
  return (await client.getAgents(environment, limit, signal)).flatMap(oneItem);
};
