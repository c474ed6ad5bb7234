import type { INodeProperties } from 'n8n-workflow';
import { agentLocator, agentVersion } from '../agent/choose-agent';
import { callOptions } from './call-options';
import { SHOWN_FOR_CALLS, SHOWN_FOR_DIALLING } from './shown-for';
import { waitingFields } from './waiting-fields';

const phoneNumber: INodeProperties = {
  displayName: 'Phone Number',
  name: 'phoneNumber',
  type: 'string',
  default: '',
  required: true,
  displayOptions: { show: SHOWN_FOR_CALLS },
  placeholder: 'e.g. +14155550123',
  description: 'The number to call, in international form with + and the country code',
};

const warning: INodeProperties = {
  displayName:
    'Executing this step calls the number, in a test too. The operation <b>Preview Call</b> shows what the agent would say, and calls nobody.',
  name: 'callsReally',
  type: 'notice',
  default: '',
  displayOptions: { show: SHOWN_FOR_DIALLING },
};

const context: INodeProperties[] = [
  {
    displayName: 'Initial Context',
    name: 'contextMode',
    type: 'options',
    displayOptions: { show: SHOWN_FOR_CALLS },
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
    displayOptions: { show: { ...SHOWN_FOR_CALLS, contextMode: ['mapped'] } },
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
    displayOptions: { show: { ...SHOWN_FOR_CALLS, contextMode: ['pairs'] } },
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
    displayOptions: { show: { ...SHOWN_FOR_CALLS, contextMode: ['json'] } },
    placeholder: 'e.g. { "customer_name": "Ann" }',
    description: 'A JSON object with the variables by name',
  },
];

export const callFields: INodeProperties[] = [
  agentLocator(SHOWN_FOR_CALLS),
  agentVersion(SHOWN_FOR_CALLS),
  phoneNumber,
  warning,
  ...context,
  ...waitingFields,
  callOptions,
];
