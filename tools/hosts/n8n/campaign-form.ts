import type { INodeParameters } from 'n8n-workflow';
import type { Simulator } from '../../simulator';
import { agentBy, variables } from './call-form';

/** Valid fields of Launch Campaign, as the editor stores them, for items with `phone` and `name`. */
export function launchForm(simulator: Simulator, fields: INodeParameters = {}): INodeParameters {
  return {
    resource: 'campaign',
    operation: 'launch',
    campaignName: 'Spring offer',
    campaignReference: 'spring-2026',
    agent: agentBy('list', simulator.world.agents.triggerOnlyInDraft.uuid),
    phoneNumber: '={{ $json.phone }}',
    contextMode: 'pairs',
    contextPairs: variables({ name: 'customer_name', value: '={{ $json.name }}' }),
    ...fields,
  };
}
