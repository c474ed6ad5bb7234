import { DEFAULT_MAX_WAIT_MINUTES, DEFAULT_TIMEOUT_SECONDS } from '@dograh/shared';
import type { INodeProperties } from 'n8n-workflow';
import { callingRuleOptions } from '../calling-rules/calling-rule-options';
import { greetingField } from '../greeting-field';
import { inOrder } from '../in-order';
import { defaultCountryField, numberFormatField } from '../number-fields';
import { telephonyConfigurationField } from '../telephony-field';
import { showOnlyForCalls } from './call-fields';

export const concurrencyField: INodeProperties = {
  displayName: 'Concurrency',
  name: 'concurrency',
  type: 'number',
  typeOptions: { minValue: 1, maxValue: 100 },
  default: 1,
  description:
    'Maximum number of items processed at the same time. More calls can run with Trigger Call, because it does not wait for them to end. The output keeps the order of the input. The value for the first item applies to all items.',
};

export const timeoutField: INodeProperties = {
  displayName: 'Request Timeout (Seconds)',
  name: 'timeoutSeconds',
  type: 'number',
  typeOptions: { minValue: 1 },
  default: DEFAULT_TIMEOUT_SECONDS,
  description:
    'Maximum time for one request to Dograh, up to 600 seconds. After a timeout, the node looks for the call in Dograh and does not dial again. The value for the first item applies to all items.',
};

/** The optional settings of a call. */
export const callOptions: INodeProperties = {
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add Option',
  default: {},
  displayOptions: { show: showOnlyForCalls },
  options: inOrder([
    ...callingRuleOptions,
    {
      displayName: 'Allow Repeated Calls',
      name: 'callAgain',
      type: 'boolean',
      default: false,
      // The model of an AI agent can set an expression.
      noDataExpression: true,
      displayOptions: { show: { '@tool': [true] } },
      description:
        'Whether an AI Agent may call a number again in the same execution. Otherwise, it gets the earlier call with skipped = true. A model often asks twice for the same call. Skip If Called Within still applies.',
    },
    {
      displayName: 'Call Reference',
      name: 'callReference',
      type: 'string',
      default: '',
      placeholder: 'e.g. lead-42',
      description:
        'Your own ID for this call, e.g. the ID of a CRM record. The output contains it as initial_context.call_reference. To prevent a repeated call, also set Skip If Called Within.',
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
        'The number that the called person sees. It must belong to the telephony configuration that places the call. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
    },
    concurrencyField,
    defaultCountryField,
    greetingField,
    {
      displayName: 'Maximum Queue Time (Minutes)',
      name: 'maxWaitMinutes',
      type: 'number',
      typeOptions: { minValue: 0 },
      default: DEFAULT_MAX_WAIT_MINUTES,
      description:
        'Maximum time an item waits for a free call slot, if On Concurrency Limit is Wait. After that, it fails. Also the maximum time it waits for the calling hours, if On Calling Rule is Wait.',
    },
    numberFormatField,
    {
      displayName: 'On Concurrency Limit',
      name: 'onConcurrencyLimit',
      type: 'options',
      options: [
        { name: 'Fail', value: 'fail', description: 'The item fails immediately' },
        {
          name: 'Wait',
          value: 'wait',
          description: 'The item waits in a queue, up to Maximum Queue Time',
        },
      ],
      default: 'wait',
      description: 'What to do when Dograh runs as many calls at the same time as it allows',
    },
    timeoutField,
    {
      displayName: 'Require Variables',
      name: 'requireVariables',
      type: 'boolean',
      default: true,
      description:
        'Whether to fail without dialing when a variable has neither a value nor a fallback. In {{name | friend}}, the fallback is friend. Also on without this option. But then a call is placed if the node cannot read the agent, with a remark in notes.',
    },
    {
      displayName: 'Skip If Called Within (Hours)',
      name: 'skipIfCalledWithin',
      type: 'number',
      typeOptions: { minValue: 0 },
      default: 24,
      description:
        'Skips the call if this number was called with the same Call Reference within these hours. An unanswered call counts too. Returns the earlier run with skipped = true. Requires Call Reference. 0 turns it off.',
    },
    telephonyConfigurationField,
  ]),
};
