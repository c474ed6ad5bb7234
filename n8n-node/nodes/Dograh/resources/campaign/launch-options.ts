import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { callingRuleOptions } from '../calling-rules/calling-rule-options';
import { greetingField } from '../greeting-field';
import { inOrder } from '../in-order';
import { defaultCountryField } from '../number-fields';
import { telephonyConfigurationField } from '../telephony-field';
import { showOnlyForLaunch } from './launch-fields';

const failOrSkip = (
  failed: string,
): Pick<INodeProperties, 'type' | 'options'> & { readonly type: 'options' } => ({
  type: 'options',
  options: [
    { name: 'Fail', value: 'fail', description: `${failed}, and no campaign is created` },
    {
      name: 'Skip',
      value: 'skip',
      description: 'The contact is left out. The output field skipped_contacts says why.',
    },
  ],
});

/** The rules of single calls, with what is different for a campaign. */
export const rulesOfCampaign: readonly INodeProperties[] = callingRuleOptions.map((rule) => {
  switch (rule.name) {
    case 'callingHours':
      return {
        ...rule,
        description:
          'Calls only within these hours, by the clock of each person. They become the schedule of the campaign. Contacts in different time zones get a campaign each. The hours end early, because Dograh checks them only before each batch of ten contacts. Dates without calls are not possible: pause the campaign on these dates.',
        options: (rule.options as INodePropertyCollection[]).map(withoutDates),
      };
    case 'onRule':
      return {
        ...rule,
        ...failOrSkip('The launch fails'),
        description:
          'What to do with a contact that a calling rule does not allow. The rules about attempts and people who must not be called are checked once, at the launch.',
      };
    default:
      return rule;
  }
});

/** Dograh's schedule has only days of the week. */
function withoutDates(group: INodePropertyCollection): INodePropertyCollection {
  return { ...group, values: group.values.filter(({ name }) => name !== 'datesWithoutCalls') };
}

export const startNowField: INodeProperties = {
  displayName: 'Start Now',
  name: 'startNow',
  type: 'boolean',
  default: true,
  description:
    'Whether to start the campaign. Otherwise it is only created, and calls nobody until you start it with the operation Resume or in Dograh.',
};

/** The optional settings of a launch. */
export const launchOptions: INodeProperties = {
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add Option',
  default: {},
  displayOptions: { show: showOnlyForLaunch },
  options: inOrder([
    ...rulesOfCampaign,
    {
      displayName: 'Call Reference',
      name: 'callReference',
      type: 'string',
      default: '',
      placeholder: 'e.g. lead-42',
      description:
        'Your own ID of each call, e.g. the ID of a CRM record. Get Results returns it in variables, and the result of each call in initial_context.',
    },
    {
      displayName: 'Circuit Breaker',
      name: 'circuitBreaker',
      type: 'fixedCollection',
      // Without `values`, n8n's editor does not add the option.
      default: { values: {} },
      placeholder: 'Set Limits',
      description:
        'When Dograh pauses the campaign, because too many calls fail. Without this option, Dograh uses these defaults.',
      options: [
        {
          displayName: 'Limits',
          name: 'values',
          values: [
            {
              displayName: 'Failed Calls (Percent)',
              name: 'failurePercent',
              type: 'number',
              typeOptions: { minValue: 1, maxValue: 100 },
              default: 50,
              description: 'From this share of failed calls on, Dograh pauses the campaign',
            },
            {
              // n8n cuts a longer label, and with it the unit.
              displayName: 'Failures Within (Sec)',
              name: 'windowSeconds',
              type: 'number',
              typeOptions: { minValue: 30, maxValue: 600 },
              default: 120,
              description: 'How many seconds back calls count, from 30 to 600',
            },
            {
              displayName: 'Minimum Calls',
              name: 'minimumCalls',
              type: 'number',
              typeOptions: { minValue: 1, maxValue: 100 },
              default: 5,
              description: 'With fewer calls in this time, Dograh never pauses the campaign',
            },
            {
              displayName: 'Pause on Failures',
              name: 'enabled',
              type: 'boolean',
              default: true,
              description: 'Whether Dograh pauses the campaign then',
            },
          ],
        },
      ],
    },
    {
      displayName: 'Concurrency',
      name: 'concurrency',
      type: 'number',
      typeOptions: { minValue: 1, maxValue: 100 },
      default: 1,
      description:
        'Maximum number of calls of the campaign at the same time. The node reads the limit of your organization from Dograh, and refuses more. Without this option, that limit applies.',
    },
    defaultCountryField,
    greetingField,
    {
      displayName: 'On Invalid Contact',
      name: 'onInvalidContact',
      ...failOrSkip('The launch fails and names the items'),
      default: 'fail',
      description:
        'What to do with an item that cannot be in the campaign, e.g. because of a wrong or repeated number',
    },
    {
      displayName: 'Retries',
      name: 'retries',
      type: 'fixedCollection',
      default: { values: {} },
      placeholder: 'Set Retries',
      description:
        'Which contacts Dograh calls again. It never calls again after a voicemail. Without this option, it tries once more after two minutes.',
      options: [
        {
          displayName: 'Retries',
          name: 'values',
          values: [
            {
              displayName: 'Maximum Retries',
              name: 'maximum',
              type: 'number',
              typeOptions: { minValue: 0, maxValue: 10 },
              default: 1,
              description: 'How often a contact is called again, from 0 to 10',
            },
            {
              displayName: 'Retry After (Seconds)',
              name: 'delaySeconds',
              type: 'number',
              typeOptions: { minValue: 30, maxValue: 3600 },
              default: 120,
              description: 'Time before the next call to the same contact, from 30 to 3600',
            },
            {
              displayName: 'Retry If Busy',
              name: 'onBusy',
              type: 'boolean',
              default: true,
              description: 'Whether to call again if the line was busy',
            },
            {
              displayName: 'Retry If Not Answered',
              name: 'onNoAnswer',
              type: 'boolean',
              default: true,
              description: 'Whether to call again if nobody answered',
            },
          ],
        },
      ],
    },
    startNowField,
    telephonyConfigurationField,
  ]),
};
