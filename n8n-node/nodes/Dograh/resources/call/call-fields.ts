import type { INodeProperties } from 'n8n-workflow';
import { agentLocator, agentVersion } from '../agent/choose-agent';

/** For the operations that take a call. */
export const showOnlyForCalls = {
  resource: ['call'],
  operation: ['preview', 'trigger', 'triggerAndWait'],
};
const showOnlyForDialing = { resource: ['call'], operation: ['trigger', 'triggerAndWait'] };

const phoneNumber: INodeProperties = {
  displayName: 'Phone Number',
  name: 'phoneNumber',
  type: 'string',
  default: '',
  required: true,
  displayOptions: { show: showOnlyForCalls },
  placeholder: 'e.g. +14155550123',
  description: 'The number to call, in international form with + and the country code',
};

const warning: INodeProperties = {
  displayName:
    'Executing this step calls the number, in a test too. The operation <b>Preview Call</b> shows what the agent would say, and calls nobody.',
  name: 'callsReally',
  type: 'notice',
  default: '',
  displayOptions: { show: showOnlyForDialing },
};

const context: INodeProperties[] = [
  {
    displayName: 'Initial Context',
    name: 'contextMode',
    type: 'options',
    displayOptions: { show: showOnlyForCalls },
    options: [
      {
        name: "Agent's Variables",
        value: 'mapped',
        description: 'A field for each variable that the agent uses',
      },
      { name: 'Using Fields Below', value: 'pairs' },
      { name: 'Using JSON', value: 'json' },
    ],
    default: 'pairs',
    description: "How to give the variables that the agent's prompts use",
  },
  {
    displayName: 'Variables of the Agent',
    name: 'contextMapping',
    type: 'resourceMapper',
    noDataExpression: true,
    default: { mappingMode: 'defineBelow', value: null },
    displayOptions: { show: { ...showOnlyForCalls, contextMode: ['mapped'] } },
    typeOptions: {
      // Not the operation: n8n empties all fields when one of these changes, e.g. on the way to a preview.
      loadOptionsDependsOn: ['agent.value', 'environment'],
      resourceMapper: {
        resourceMapperMethod: 'getAgentVariables',
        mode: 'add',
        valuesLabel: 'Variables',
        fieldWords: { singular: 'variable', plural: 'variables' },
        addAllFields: true,
        multiKeyMatch: false,
        supportAutoMap: true,
      },
    },
    description:
      "The variables of the agent's chosen version. Mapped automatically, each takes the field of the input item with its name; a dot in the name walks into objects.",
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
            description: 'As it stands in the prompt, without braces. A dot nests: user.name.',
          },
          {
            displayName: 'Value',
            name: 'value',
            type: 'string',
            default: '',
            placeholder: 'e.g. Ann',
            description: 'An expression keeps its type: text, number, boolean, list or object',
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
    description: 'A JSON object with the variables by name',
  },
];

export const callFields: INodeProperties[] = [
  agentLocator(showOnlyForCalls),
  agentVersion(showOnlyForCalls),
  phoneNumber,
  warning,
  ...context,
];
