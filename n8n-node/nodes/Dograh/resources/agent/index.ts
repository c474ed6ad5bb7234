import type { Resource } from '../operation';
import { agentVersion } from './choose-agent';
import { get } from './get';
import { getAll } from './get-all';

export const agent: Resource = {
  option: { name: 'Agent', value: 'agent' },
  operations: [get, getAll],
  defaultOperation: get,
  fields: [...get.fields, agentVersion({ resource: ['agent'] }), ...getAll.fields],
};
