import type { INodeProperties } from 'n8n-workflow';
import { agentLocator, agentVersion } from '../agent/choose-agent';

/** Long enough for most calls that hold a place to end. */
export const DEFAULT_MAX_WAIT_MINUTES = 10;

const showOnlyForCalls = {
  resource: ['call'],
  operation: ['preview', 'trigger', 'triggerAndWait'],
};
const showOnlyForWaiting = { resource: ['call'], operation: ['triggerAndWait'] };

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
      loadOptionsDependsOn: ['agent.value', 'environment'],
      resourceMapper: {
        resourceMapperMethod: 'getAgentVariables',
        mode: 'add',
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

const options: INodeProperties = {
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add Option',
  default: {},
  displayOptions: { show: showOnlyForCalls },
  options: [
    {
      displayName: 'Call Reference',
      name: 'callReference',
      type: 'string',
      default: '',
      placeholder: 'e.g. lead-42',
      description:
        'Your own ID of this call, e.g. of the record in your CRM. The run keeps it as call_reference in its context. With Skip If Called Within, the same reference is not called twice.',
    },
    {
      displayName: 'Caller ID Name or ID',
      name: 'fromPhoneNumberId',
      type: 'options',
      typeOptions: {
        loadOptionsMethod: 'getPhoneNumbers',
        loadOptionsDependsOn: ['options.telephonyConfigurationId'],
      },
      default: 0,
      description:
        'Which of your numbers the callee sees; it belongs to the telephony configuration. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
    },
    {
      displayName: 'Concurrency',
      name: 'concurrency',
      type: 'number',
      typeOptions: { minValue: 1, maxValue: 100 },
      default: 1,
      description:
        'How many calls are being placed at once; Dograh limits how many may run. The output keeps the order of the input. Read from the first item.',
    },
    {
      displayName: 'Default Country',
      name: 'defaultCountry',
      type: 'string',
      default: '',
      placeholder: 'e.g. US',
      description: 'Two-letter code of the country that numbers without + belong to',
    },
    {
      displayName: 'Greeting',
      name: 'greeting',
      type: 'fixedCollection',
      default: {},
      placeholder: 'Set Greeting',
      description: 'What the agent says first in this call, instead of its own greeting',
      options: [
        {
          displayName: 'Greeting',
          name: 'values',
          values: [
            {
              displayName: 'Type',
              name: 'type',
              type: 'options',
              options: [
                { name: 'Recording', value: 'audio' },
                { name: 'Text', value: 'text' },
              ],
              default: 'text',
            },
            {
              displayName: 'Text',
              name: 'text',
              type: 'string',
              typeOptions: { rows: 2 },
              default: '',
              placeholder: 'e.g. Hello {{customer_name | there}}!',
              displayOptions: { show: { type: ['text'] } },
              description: 'May hold variables as prompts do',
            },
            {
              displayName: 'Recording ID',
              name: 'recordingId',
              type: 'string',
              default: '',
              placeholder: 'e.g. welcome-message',
              displayOptions: { show: { type: ['audio'] } },
              description: 'The ID of a recording in Dograh',
            },
          ],
        },
      ],
    },
    {
      displayName: 'Max Wait in Minutes',
      name: 'maxWaitMinutes',
      type: 'number',
      typeOptions: { minValue: 0 },
      default: DEFAULT_MAX_WAIT_MINUTES,
      description: 'How long each item may wait for a running call to end, if it is to wait at all',
    },
    {
      displayName: 'Number Format',
      name: 'numberFormat',
      type: 'options',
      options: [
        {
          name: 'Any Destination',
          value: 'any',
          description: 'Passed on as it is, e.g. a SIP URI or an extension',
        },
        {
          name: 'Phone Number',
          value: 'e164',
          description: 'Checked before dialling and brought into international form',
        },
      ],
      default: 'e164',
      description: 'What the phone number may look like',
    },
    {
      displayName: 'On Concurrency Limit',
      name: 'onConcurrencyLimit',
      type: 'options',
      options: [
        { name: 'Fail', value: 'fail', description: 'The item fails at once' },
        {
          name: 'Wait',
          value: 'wait',
          description: 'The call is placed as soon as a running one has ended',
        },
      ],
      default: 'wait',
      description: 'What to do while Dograh holds as many calls as it may at once',
    },
    {
      displayName: 'Require Variables',
      name: 'requireVariables',
      type: 'boolean',
      default: false,
      description:
        'Whether to call nobody while a variable is missing or empty that the agent says without a fallback',
    },
    {
      displayName: 'Skip If Called Within (Hours)',
      name: 'skipIfCalledWithin',
      type: 'number',
      typeOptions: { minValue: 0 },
      default: 24,
      description:
        'Do not call again if this number was called for the same Call Reference in the last so many hours, also if it was busy or nobody answered. Returns the earlier call with skipped = true. Requires a Call Reference; 0 turns it off.',
    },
    {
      displayName: 'Telephony Configuration Name or ID',
      name: 'telephonyConfigurationId',
      type: 'options',
      typeOptions: { loadOptionsMethod: 'getTelephonyConfigurations' },
      default: 0,
      description:
        'What the call goes out through. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
    },
    {
      displayName: 'Timeout in Seconds',
      name: 'timeoutSeconds',
      type: 'number',
      typeOptions: { minValue: 1 },
      default: 30,
      description:
        'How long Dograh may take to answer a request, at most 600. After it, the call is not sent again but looked for in the list of runs. Read from the first item.',
    },
  ],
};

const waiting: INodeProperties[] = [
  {
    displayName: 'Wait at Most (Minutes)',
    name: 'waitTimeoutMinutes',
    type: 'number',
    typeOptions: { minValue: 1 },
    default: 15,
    displayOptions: { show: showOnlyForWaiting },
    description: 'How long to wait for the end of each call, from when Dograh accepted it',
  },
  {
    displayName: 'When the Time Is Over',
    name: 'onWaitTimeout',
    type: 'options',
    displayOptions: { show: showOnlyForWaiting },
    options: [
      {
        name: 'Fail',
        value: 'fail',
        description: 'The item fails; the call goes on, and is not placed again by a retry',
      },
      {
        name: 'Return the Unfinished Run',
        value: 'returnRun',
        description: 'The item goes on with the run as it is then',
      },
    ],
    default: 'fail',
    description: 'What to do when the call is not finished in time',
  },
  {
    displayName: 'Look Every (Seconds)',
    name: 'pollSeconds',
    type: 'number',
    typeOptions: { minValue: 2 },
    default: 15,
    displayOptions: { show: showOnlyForWaiting },
    description:
      'The longest time between two looks at a call. At first it is looked at more often, for calls that end soon.',
  },
  {
    displayName: 'Wait for Transcript',
    name: 'waitForTranscript',
    type: 'boolean',
    default: false,
    displayOptions: { show: showOnlyForWaiting },
    description:
      'Whether to hand on what was said, too. It is written some seconds after the call; if none comes within a minute, transcript stays empty.',
  },
];

export const callFields: INodeProperties[] = [
  agentLocator(showOnlyForCalls),
  agentVersion(showOnlyForCalls),
  phoneNumber,
  ...context,
  ...waiting,
  options,
];
