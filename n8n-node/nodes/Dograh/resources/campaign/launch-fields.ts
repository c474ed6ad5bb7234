import type { INodeProperties } from 'n8n-workflow';
import { agentLocator, agentModesWithoutTrigger } from '../agent/choose-agent';
import { phoneNumberField } from '../number-fields';
import { variableFields } from '../variable-fields';

export const showOnlyForLaunch = { resource: ['campaign'], operation: ['launch'] };

const names: INodeProperties[] = [
  {
    displayName: 'Campaign Name',
    name: 'campaignName',
    type: 'string',
    default: '',
    required: true,
    displayOptions: { show: showOnlyForLaunch },
    placeholder: 'e.g. Spring offer',
    description: 'The name that Dograh shows. All items together are one campaign.',
  },
  {
    displayName: 'Campaign Reference',
    name: 'campaignReference',
    type: 'string',
    default: '',
    required: true,
    displayOptions: { show: showOnlyForLaunch },
    placeholder: 'e.g. spring-offer-2026-05',
    description:
      'Your own ID of this launch. The same reference is launched only once, even if the workflow runs again. Use the name of the list and its date, but nothing that changes with each execution.',
  },
];

const warning: INodeProperties = {
  displayName:
    'Executing this step calls <b>all input items</b>, even in a test. To check the campaign in Dograh first, add the option <b>Start Now</b> and turn it off.',
  name: 'launchCallsReally',
  type: 'notice',
  default: '',
  displayOptions: { show: showOnlyForLaunch },
};

export const launchFields: INodeProperties[] = [
  ...names,
  {
    ...agentLocator(showOnlyForLaunch),
    ...agentModesWithoutTrigger(),
    description: 'The voice agent that makes the calls. A campaign runs its published version.',
  },
  phoneNumberField(showOnlyForLaunch),
  warning,
  ...variableFields(showOnlyForLaunch, ['agent.value']),
];
