import type { Operation } from '../../execution/each-item';
import { oneItem } from '../../execution/output';

/** The agents that can be called, by name. */
export const getAll: Operation = async ({ context, client, read }) => {
  const limit = read('returnAll') === true ? undefined : read('limit');
  const signal = context.getExecutionCancelSignal();
  return (await client.getAgents(read('environment'), limit, signal)).flatMap(oneItem);
};
