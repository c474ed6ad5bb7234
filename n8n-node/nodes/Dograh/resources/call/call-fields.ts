import type { INodeProperties } from 'n8n-workflow';
import { agentLocator, agentVersion } from '../agent/choose-agent';

export const showOnlyForCalls = {
  resource: ['call'],
  operation: ['preview', 'trigger', 'triggerAndWait'],
};
const showOnlyForNumbers = {
  ...showOnlyForCalls,
  operation: ['checkNumber', ...showOnlyForCalls.operation],
};
const showOnlyForDialing = { resource: ['call'], operation: ['trigger', 'triggerAndWait'] };

const phoneNumber: INodeProperties = {
  displayName: 'Phone Number',
  name: 'phoneNumber',
  type: 'string',
  default: '',
  required: true,
  displayOptions: { show: showOnlyForNumbers },
  placeholder: 'e.g. +14155550123',
  description:
    'The number to call, with + and the country code. Spaces, dashes and brackets are allowed.',
};

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

const context: INodeProperties[] = [
  {
    displayName: 'Agent Variables (Initial Context)',
    name: 'contextMode',
    type: 'options',
    displayOptions: { show: showOnlyForCalls },
    options: [
      { name: 'JSON', value: 'json', description: 'One JSON object with all variables' },
      {
        name: 'Names and Values',
        value: 'pairs',
        description: 'Add each variable with its name and value',
      },
      {
        name: 'One Field per Variable',
        value: 'mapped',
        description:
          'Reads the agent from Dograh and shows a field for each variable that it uses. A star (*) marks a variable without a fallback.',
      },
    ],
    default: 'mapped',
    description:
      'How to enter the variables of the agent. A variable fills a placeholder in its prompts. Dograh calls them the initial context.',
  },
  {
    displayName: 'Variables',
    name: 'contextMapping',
    type: 'resourceMapper',
    noDataExpression: true,
    default: { mappingMode: 'defineBelow', value: null },
    displayOptions: { show: { ...showOnlyForCalls, contextMode: ['mapped'] } },
    typeOptions: {
      // Not the operation: n8n clears all fields when one of these changes, e.g. on a switch to Preview Call.
      loadOptionsDependsOn: ['agent.value', 'environment'],
      resourceMapper: {
        resourceMapperMethod: 'getAgentVariables',
        mode: 'add',
        valuesLabel: 'Variables',
        fieldWords: { singular: 'variable', plural: 'variables' },
        addAllFields: true,
        multiKeyMatch: false,
        supportAutoMap: true,
        // Instead of this red message, getAgentVariables says why there are no fields.
        hideNoDataError: true,
      },
    },
    description:
      'The variables that the chosen version of the agent uses. Map Automatically takes each value from the input field with the same name. For user.name, it also takes the value of name inside the input field user.',
  },
  {
    displayName: 'Variables',
    name: 'contextPairs',
    type: 'fixedCollection',
    typeOptions: { multipleValues: true },
    placeholder: 'Add Variable',
    default: {},
    displayOptions: { show: { ...showOnlyForCalls, contextMode: ['pairs'] } },
    options: [
      {
        displayName: 'Variable',
        name: 'pair',
        values: [
          {
            displayName: 'Name',
            name: 'name',
            type: 'string',
            default: '',
            placeholder: 'e.g. customer_name',
            description:
              'The name as written in the prompt, without braces. A dot nests: user.name is name inside user.',
          },
          {
            displayName: 'Value',
            name: 'value',
            type: 'string',
            default: '',
            placeholder: 'e.g. Ann',
            description:
              'The value of the variable. A typed value is text. The result of an expression keeps its type, e.g. number or list.',
          },
        ],
      },
    ],
  },
  {
    displayName: 'Variables (JSON)',
    name: 'contextJson',
    type: 'json',
    default: '{}',
    displayOptions: { show: { ...showOnlyForCalls, contextMode: ['json'] } },
    placeholder: 'e.g. { "customer_name": "Ann" }',
    description: 'A JSON object with the name and value of each variable',
  },
];

export const callFields: INodeProperties[] = [
  agentLocator(showOnlyForCalls),
  agentVersion(showOnlyForCalls),
  phoneNumber,
  ...warnings,
  ...context,
];
