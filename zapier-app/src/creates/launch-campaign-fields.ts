import { defineInputFields } from 'zapier-platform-core';
import { callingRuleFields } from '../calling-rule-fields';
import { defaultCountryFields } from '../number-fields';
import { contactFields } from './contact-fields';

/** Help texts of the calling rules that work in another way for a campaign. */
const HELP_TEXTS: Readonly<Record<string, string>> = {
  calling_hours_from:
    'Time from which calls are allowed, by the clock of each called person. Outside the hours, the campaign waits. Contacts in other time zones get a campaign of their own, and the output lists all of them. Dograh stops each campaign some minutes early, because a batch that has begun continues. If both times are empty, calls are allowed at any time.',
  dates_without_calls:
    'Campaigns cannot leave out single dates to come. If you enter one, the step fails and dials no number.',
  time_zone:
    'Time zone of all contacts, if you know it, such as `America/New_York`. If empty, the time zones of each number count. A toll-free number has none, so it is called only with a time zone here.',
  do_not_call_if_asked:
    'Dispositions of people who do not want to be called, usually `do_not_call`. Separate several with commas. A contact is left out if an earlier call to the number ended with one of them. If empty, this rule is off.',
  maximum_calls:
    'Maximum number of calls to a number within the hours of the next field. It is checked once, at the launch. All calls of your Dograh organization count. Contacts with as many calls are left out.',
  minimum_hours_between:
    'Hours that must have passed since the last call to a number, by any agent. It is checked once, at the launch. Contacts that were called later are left out. If empty or 0, this rule is off.',
};

const rulesOfCampaigns = callingRuleFields.map((field) => ({
  ...field,
  helpText: HELP_TEXTS[field.key] ?? field.helpText,
})) as typeof callingRuleFields;

/** Numbers and booleans are text fields, as in Trigger Call. */
export const inputFields = defineInputFields([
  {
    key: 'name',
    label: 'Campaign Name',
    type: 'string',
    required: true,
    placeholder: 'Spring offer',
    helpText: 'Name of the campaign in Dograh, with at most 255 characters.',
  },
  {
    key: 'campaign_reference',
    label: 'Campaign Reference',
    type: 'string',
    required: true,
    placeholder: 'spring-offer-2026-05',
    helpText:
      'Your own ID of this launch. The same reference is launched once. So use a value that is the same when Zapier runs this step again, such as the name of the list and the month. For another campaign, use another reference.',
  },
  {
    key: 'agent',
    label: 'Agent',
    type: 'string',
    required: true,
    dynamic: 'agent_list.agent_uuid.agent_name',
    altersDynamicFields: true,
    helpText:
      'Voice agent that makes the calls. Campaigns always use its published version. A custom value must be an Agent UUID, which is in the settings of the agent in Dograh.',
  },
  {
    key: 'file',
    label: 'CSV File',
    type: 'file',
    required: false,
    helpText:
      'List of the people to call. Its first row has the names of the columns. Map a file of an earlier step, or enter an https link or the text itself. At most 20,000 contacts and 20 MB, in UTF-8. The column `First Name` fills the variable `first_name`. Columns that the agent does not use are not sent. Use this file or **Contacts**, not both.',
  },
  {
    key: 'phone_number_column',
    label: 'Phone Number Column',
    type: 'string',
    required: false,
    placeholder: 'phone_number',
    helpText:
      'Name of the column with the phone numbers in the **CSV File**. If empty, the column `phone_number` is used. Without it, the only column with a similar name is used, such as `phone` or `mobile`.',
  },
  contactFields,
  {
    key: 'start_now',
    label: 'Start Now',
    type: 'string',
    required: false,
    default: 'yes',
    choices: [option('yes', 'Yes'), option('no', 'No')],
    helpText:
      'Whether to start the campaign. **Testing this step with Yes really calls the contacts.** With No, the campaign is created and calls nobody. Start it later with **Resume Campaign** or in Dograh. For tests, use a few contacts of your own and another **Campaign Reference**.',
  },
  {
    key: 'on_invalid_contact',
    label: 'On Invalid Contact',
    type: 'string',
    required: false,
    default: 'fail',
    choices: [option('fail', 'Fail'), option('skip', 'Skip')],
    helpText:
      'Reaction to contacts with an invalid or repeated number, or without a needed variable. **Fail** calls nobody, and the error names the contacts. **Skip** leaves these contacts out, and lists them in **Skipped Contact**.',
  },
  {
    key: 'greeting',
    label: 'Greeting',
    type: 'text',
    required: false,
    placeholder: 'Hello, this is Acme speaking.',
    helpText:
      'Text that the agent says first in every call of this campaign. If empty, the agent uses its own greeting.',
  },
  ...defaultCountryFields,
  ...rulesOfCampaigns,
  {
    key: 'telephony_configuration_id',
    label: 'Telephony Configuration',
    type: 'string',
    required: false,
    dynamic: 'telephony_configuration_list.id.name',
    helpText:
      'Telephony account in Dograh that places the calls. If empty, Dograh’s default is used.',
  },
  {
    key: 'concurrency',
    label: 'Concurrency',
    type: 'string',
    required: false,
    placeholder: '5',
    helpText:
      'Maximum number of calls at the same time, from 1 to the limit of your Dograh organization. If empty, Dograh decides.',
  },
  {
    key: 'maximum_retries',
    label: 'Maximum Retries',
    type: 'string',
    required: false,
    placeholder: '1',
    helpText:
      'How often Dograh calls again if a call was busy or not answered, from 0 to 10. If empty, once. After a voicemail, it never calls again.',
  },
  {
    key: 'retry_after',
    label: 'Retry After (Seconds)',
    type: 'string',
    required: false,
    placeholder: '120',
    helpText:
      'Seconds from a call to the next one to the same contact, from 30 to 3600. If empty, 120.',
  },
  {
    key: 'retry_if_busy',
    label: 'Retry If Busy',
    type: 'string',
    required: false,
    choices: [option('yes', 'Yes'), option('no', 'No')],
    helpText: 'Whether to call again if the line was busy. If empty, Yes.',
  },
  {
    key: 'retry_if_not_answered',
    label: 'Retry If Not Answered',
    type: 'string',
    required: false,
    choices: [option('yes', 'Yes'), option('no', 'No')],
    helpText: 'Whether to call again if nobody answered. If empty, Yes.',
  },
]);

function option(value: string, label: string) {
  return { value, sample: value, label };
}
