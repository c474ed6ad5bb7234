import type { INodeProperties } from 'n8n-workflow';
import { showOnlyForCalls } from './call-fields';

/** Long enough for most calls that hold a place to end. */
export const DEFAULT_MAX_WAIT_MINUTES = 10;

/** What most calls need not say. */
export const callOptions: INodeProperties = {
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
          description:
            'The call is placed when a running one has ended, after those that wait already',
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
