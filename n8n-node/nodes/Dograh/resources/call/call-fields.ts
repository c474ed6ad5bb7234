import { DEFAULT_ENVIRONMENT, ENVIRONMENT_LABELS } from '@dograh/shared';
import type { INodeProperties } from 'n8n-workflow';

/** Long enough for most calls that hold a place to end. */
export const DEFAULT_MAX_WAIT_MINUTES = 10;

const showOnlyForCalls = { resource: ['call'], operation: ['trigger', 'triggerAndWait'] };
const showOnlyForWaiting = { resource: ['call'], operation: ['triggerAndWait'] };

const agent: INodeProperties = {
  displayName: 'Agent',
  name: 'agent',
  type: 'resourceLocator',
  default: { mode: 'list', value: '' },
  required: true,
  displayOptions: { show: showOnlyForCalls },
  description: 'The voice agent that makes the call',
  modes: [
    {
      displayName: 'From List',
      name: 'list',
      type: 'list',
      placeholder: 'Choose an agent',
      typeOptions: { searchListMethod: 'searchAgents', searchable: true },
    },
    {
      displayName: 'By URL',
      name: 'triggerUrl',
      type: 'string',
      placeholder: 'e.g. https://api.dograh.com/api/v1/public/agent/…',
      hint: 'The production or test URL that the API Trigger of the agent shows in Dograh',
    },
    {
      displayName: 'By Trigger ID',
      name: 'triggerId',
      type: 'string',
      placeholder: 'e.g. 7d166e00-5a1b-4c2d-8e3f-0123456789ab',
      hint: 'The last part of the API Trigger URL',
    },
    {
      displayName: 'By Agent UUID',
      name: 'agentUuid',
      type: 'string',
      placeholder: 'e.g. 3f2b8c1e-4d5a-4b6c-8d7e-9f0a1b2c3d4e',
      hint: 'Not the number in the address of the dashboard, and not the API Trigger ID',
    },
  ],
};

const environment: INodeProperties = {
  displayName: 'Agent Version',
  name: 'environment',
  type: 'options',
  displayOptions: { show: showOnlyForCalls },
  options: [
    {
      name: ENVIRONMENT_LABELS.test,
      value: 'test',
      description: 'The draft of the agent, or the published version when there is no draft',
    },
    {
      name: ENVIRONMENT_LABELS.production,
      value: 'production',
      description: 'The version of the agent that was published last',
    },
  ],
  default: DEFAULT_ENVIRONMENT,
  description: 'Which version of the agent makes the call',
};

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
      { name: 'Using Fields Below', value: 'pairs' },
      { name: 'Using JSON', value: 'json' },
    ],
    default: 'pairs',
    description: "How to give the variables that the agent's prompts use",
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
      displayName: 'Caller ID (Phone Number ID)',
      name: 'fromPhoneNumberId',
      type: 'number',
      default: 0,
      description:
        'Which of your numbers the callee sees, by its ID in Dograh. It must belong to the telephony configuration. With 0, the default number is used.',
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
      displayName: 'Skip If Called Within (Hours)',
      name: 'skipIfCalledWithin',
      type: 'number',
      typeOptions: { minValue: 0 },
      default: 24,
      description:
        'Do not call again if this number was called for the same Call Reference in the last so many hours, also if it was busy or nobody answered. Returns the earlier call with skipped = true. Requires a Call Reference; 0 turns it off.',
    },
    {
      displayName: 'Telephony Configuration ID',
      name: 'telephonyConfigurationId',
      type: 'number',
      default: 0,
      description:
        'The telephony configuration to call with, by its ID in Dograh. With 0, the default one is used.',
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
  agent,
  environment,
  phoneNumber,
  ...context,
  ...waiting,
  options,
];
