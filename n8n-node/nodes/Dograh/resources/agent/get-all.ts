import { oneItem } from '../../execution/output';
import { limitFields, readLimit } from '../limit-fields';
import type { Operation } from '../operation';
import { readAgentVersion } from './choose-agent';

/** The active agents, sorted by name. */
export const getAll: Operation = {
  option: {
    name: 'Get Many',
    value: 'getAll',
    action: 'Get many agents',
    description: 'List the active agents, with their variables and API Triggers',
  },
  fields: limitFields({ resource: ['agent'], operation: ['getAll'] }),
  execute: async ({ context, client, read }) => {
    const signal = context.getExecutionCancelSignal();
    const agents = await client.getAgents(readAgentVersion(read), readLimit(read), signal);
    return agents.flatMap(oneItem);
  },
};
