import type { Operation } from '../../execution/each-item';
import { oneItem } from '../../execution/output';
import { toAgent } from './choose-agent';

/** One agent, with what a call needs to know of it. */
export const get: Operation = async ({ context, client, read }) => {
  const agent = toAgent(read('agent'));
  return oneItem(
    await client.getAgent(agent, read('environment'), context.getExecutionCancelSignal()),
  );
};
