import { oneItem } from '../../execution/output';
import type { Operation } from '../operation';
import { agentLocator, readAgentVersion, toAgent } from './choose-agent';

/** One agent with the details that a call needs. */
export const get: Operation = {
  option: {
    name: 'Get',
    value: 'get',
    action: 'Get agent',
    description: 'Read the variables and API Triggers of an agent',
  },
  fields: [agentLocator({ resource: ['agent'], operation: ['get'] })],
  execute: async ({ context, client, node, read }) => {
    const agent = toAgent(read('agent'), node.parameters['agent']);
    return oneItem(
      await client.getAgent(agent, readAgentVersion(read), context.getExecutionCancelSignal()),
    );
  },
};
