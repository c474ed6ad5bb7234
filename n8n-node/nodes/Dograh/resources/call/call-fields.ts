import type { INodeProperties } from 'n8n-workflow';
import { agentLocator, agentVersion } from '../agent/choose-agent';
import { phoneNumberField } from '../number-fields';
import { variableFields } from '../variable-fields';

export const showOnlyForCalls = {
  resource: ['call'],
  operation: ['preview', 'trigger', 'triggerAndWait'],
};
const showOnlyForNumbers = {
  ...showOnlyForCalls,
  operation: ['checkNumber', ...showOnlyForCalls.operation],
};
const showOnlyForDialing = { resource: ['call'], operation: ['trigger', 'triggerAndWait'] };

const WITHOUT_CALL =
  'To see what the agent would say without a call, use the operation <b>Preview Call</b>.';

const warnings: INodeProperties[] = [
  {
    displayName: `Executing this step places one real call per input item, even in a test, and again each time. ${WITHOUT_CALL}`,
    name: 'callsReally',
    type: 'notice',
    default: '',
    displayOptions: { show: showOnlyForDialing, hide: { '@tool': [true] } },
  },
  {
    displayName: `The AI Agent can place real calls, even in a test. ${WITHOUT_CALL}`,
    name: 'agentCallsReally',
    type: 'notice',
    default: '',
    displayOptions: { show: { ...showOnlyForDialing, '@tool': [true] } },
  },
];

export const callFields: INodeProperties[] = [
  agentLocator(showOnlyForCalls),
  agentVersion(showOnlyForCalls),
  phoneNumberField(showOnlyForNumbers),
  ...warnings,
  // Not the operation, so that the variables stay on a switch to Preview Call.
  ...variableFields(showOnlyForCalls, ['agent.value', 'environment']),
];
