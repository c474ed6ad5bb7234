import type { Operation } from '../../execution/each-item';
import { oneItem } from '../../execution/output';
import { toAgent } from './choose-agent';

/** One agent, with what a call needs to know of it. */
export const get: Operation = async ({ context, client, itemIndex }) => {
  const agent = toAgent(context.getNodeParameter('agent', itemIndex));
  const environment = context.getNodeParameter('environment', itemIndex);
  return oneItem(await client.getAgent(agent, environment, context.getExecutionCancelSignal()));
};
