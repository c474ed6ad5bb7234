import { DEFAULT_ENVIRONMENT, ENVIRONMENT_LABELS, type Environment } from '@dograh/shared';
import { defineInputFields } from 'zapier-platform-core';
import { callingRuleFields } from '../calling-rule-fields';
import { numberFields } from '../number-fields';
import { variableFields } from './variable-fields';

/**
 * The most used fields come first.
 *
 * Numbers and booleans are text fields. In a number field, Zapier turns any other text into 0. In a boolean field, it
 * turns some texts into no. But 0 hours could place a call twice, and a preview that is off dials.
 */
export const inputFields = defineInputFields([
  {
    key: 'agent',
    label: 'Agent',
    type: 'string',
    required: false,
    dynamic: 'agent_list.agent_uuid.agent_name',
    altersDynamicFields: true,
    helpText:
      'Voice agent that makes the call. Publish it first, or set **Agent Version** to Latest Draft (Test). After you choose it, a field for each of its variables appears below. A custom value must be an Agent UUID, which is in the settings of the agent in Dograh. Leave **API Trigger** empty.',
  },
  {
    key: 'api_trigger',
    label: 'API Trigger',
    type: 'string',
    required: false,
    placeholder: 'https://api.dograh.com/api/v1/public/agent/…',
    altersDynamicFields: true,
    helpText:
      'URL or ID of an API Trigger, if you choose no **Agent**. An API Trigger is a node that you add to an agent in Dograh. Its settings show a production and a test URL. Copy the one that **Agent Version** needs. The ID is the last part of the URL.',
  },
  {
    key: 'agent_version',
    label: 'Agent Version',
    type: 'string',
    required: false,
    default: DEFAULT_ENVIRONMENT,
    choices: [versionChoice('production'), versionChoice('test')],
    altersDynamicFields: true,
    helpText:
      'Version of the agent that makes the call. Latest Draft (Test) dials, too. An agent without a draft always uses its published version.',
  },
  {
    key: 'phone_number',
    label: 'Phone Number',
    type: 'string',
    required: true,
    placeholder: '+14155550123',
    helpText:
      'Number to call, with + and the country code. **Testing this step really dials it**, unless **Preview Only** is set to Yes.',
  },
  {
    key: 'preview_only',
    label: 'Preview Only',
    type: 'string',
    required: false,
    default: 'no',
    choices: [option('no', 'No'), option('yes', 'Yes')],
    helpText:
      'Whether to only preview the call. With Yes, the step dials no number. It shows what the agent would say, the filled and missing variables, and the request to Dograh. Choose No before you turn the Zap on.',
  },
  variableFields,
  {
    key: 'context',
    label: 'Variables',
    dict: true,
    required: false,
    helpText:
      'Values for variables that have no field above, e.g. because the form cannot read the agent. Enter the name on the left as in the prompt, without braces, such as `customer_name` or `user.name`. Enter the value on the right. Rows without a value are ignored.',
  },
  {
    key: 'context_json',
    label: 'Variables (JSON)',
    type: 'text',
    required: false,
    placeholder: '{ "customer_name": "Ann", "visits": 3 }',
    helpText:
      'Variables as one JSON object. Use it for values that are numbers, lists or objects. A row in **Variables** replaces the value here. A variable’s own field replaces both.',
  },
  {
    key: 'require_variables',
    label: 'Require Variables',
    type: 'string',
    required: false,
    choices: [option('no', 'No'), option('yes', 'Yes')],
    helpText:
      'Whether to call only if every variable marked **Needed** has a value. Otherwise the step fails without dialing, and the error names the missing variables. If empty, the step checks the variables, too. But if it cannot read the agent in Dograh, it calls all the same, and **Notes** says so. With Yes, it does not call then.',
  },
  {
    key: 'call_reference',
    label: 'Call Reference',
    type: 'string',
    required: false,
    helpText:
      'Your own ID for this call, such as the ID of the record in your CRM. The trigger **Call Completed** has it in the field Initial Context Call Reference. A Zap with that trigger can use it to find the record.',
  },
  {
    key: 'skip_if_called_within',
    label: 'Skip If Called Within (Hours)',
    type: 'string',
    required: false,
    placeholder: '24',
    helpText:
      'Hours within which a phone number is called only once with the same **Call Reference**. An unanswered call counts too. A repeated call is not placed. The step then returns the earlier call with **Skipped** set to true. Requires a **Call Reference**. If empty, every call is placed.',
  },
  ...callingRuleFields,
  {
    key: 'greeting',
    label: 'Greeting',
    type: 'text',
    required: false,
    placeholder: 'Hello Ann, this is Acme speaking.',
    helpText:
      'Text that the agent says first in this call. If empty, the agent uses its own greeting.',
  },
  {
    key: 'greeting_recording',
    label: 'Greeting Recording',
    type: 'string',
    required: false,
    helpText:
      'ID of a recording to play first, instead of a spoken greeting. The page Recordings in Dograh shows it. Fill in this field or **Greeting**, not both.',
  },
  ...numberFields,
  {
    key: 'telephony_configuration_id',
    label: 'Telephony Configuration',
    type: 'string',
    required: false,
    dynamic: 'telephony_configuration_list.id.name',
    helpText:
      'Telephony account in Dograh that places the call. If empty, Dograh’s default is used. If the default cannot place calls, the oldest one that can is used.',
  },
  {
    key: 'from_phone_number_id',
    label: 'From Phone Number',
    type: 'string',
    required: false,
    dynamic: 'phone_number_list.id.name',
    helpText:
      'Your number that the called person sees. It must belong to the **Telephony Configuration**. If empty, the default number is used.',
  },
]);

function versionChoice(version: Environment) {
  return { value: version, sample: version, label: ENVIRONMENT_LABELS[version] };
}

function option(value: string, label: string) {
  return { value, sample: value, label };
}
