import { DEFAULT_ENVIRONMENT, ENVIRONMENT_LABELS, type Environment } from '@dograh/shared';
import { defineInputFields } from 'zapier-platform-core';
import { variableFields } from './variable-fields';

/**
 * Numbers are asked for as text: of any text in a field for numbers Zapier makes 0, and 0 hours would let a phone ring
 * twice.
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
      'The voice agent that makes the call, from the list or by its Agent UUID. Fill in this field or **API Trigger**, not both.',
  },
  {
    key: 'api_trigger',
    label: 'API Trigger',
    type: 'string',
    required: false,
    placeholder: 'https://api.dograh.com/api/v1/public/agent/…',
    altersDynamicFields: true,
    helpText:
      'The URL of the API Trigger in your agent, or only its ID, the last part of the URL. The URL must belong to the connected account.',
  },
  {
    key: 'agent_version',
    label: 'Agent Version',
    type: 'string',
    required: false,
    default: DEFAULT_ENVIRONMENT,
    choices: [choice('production'), choice('test')],
    altersDynamicFields: true,
    helpText:
      'Which version of the agent makes the call: the one published last, or the draft. An agent without a draft uses the published version.',
  },
  {
    key: 'phone_number',
    label: 'Phone Number',
    type: 'string',
    required: true,
    placeholder: '+14155550123',
    helpText:
      'The number to call, in international form with + and the country code. **Testing this step really dials it**, unless **Preview Only** is on.',
  },
  {
    key: 'default_country',
    label: 'Default Country',
    type: 'string',
    required: false,
    placeholder: 'US',
    helpText:
      'Two-letter code of the country that numbers without a country code belong to, for example US, GB or DE.',
  },
  {
    key: 'number_format',
    label: 'Number Format',
    type: 'string',
    required: false,
    default: 'e164',
    choices: [
      { value: 'e164', sample: 'e164', label: 'Phone Number' },
      { value: 'any', sample: 'any', label: 'Any Destination' },
    ],
    helpText:
      'Choose **Any Destination** to call a SIP URI or an extension, if your telephony provider can. It is then not checked.',
  },
  variableFields,
  {
    key: 'context',
    label: 'Context',
    dict: true,
    required: false,
    helpText:
      "The variables that the agent's prompts use, without braces: `customer_name` for `{{customer_name}}`. A dot nests: `user.name`.",
  },
  {
    key: 'context_json',
    label: 'Context (JSON)',
    type: 'text',
    required: false,
    placeholder: '{ "customer_name": "Ann", "visits": 3 }',
    helpText:
      'Variables as one JSON object, for values that are numbers, lists or objects. A variable in **Context** wins over one of the same name here, and a field of its own over both.',
  },
  {
    key: 'require_variables',
    label: 'Require Variables',
    type: 'boolean',
    required: false,
    default: 'false',
    helpText:
      'Call nobody while a variable is missing or empty that the agent says without a fallback.',
  },
  {
    key: 'greeting',
    label: 'Greeting',
    type: 'text',
    required: false,
    placeholder: 'Hello Ann, this is Acme speaking.',
    helpText:
      'What the agent says first in this call, instead of its own greeting. Leave it empty for its own.',
  },
  {
    key: 'greeting_recording',
    label: 'Greeting Recording',
    type: 'string',
    required: false,
    helpText:
      'The ID of a recording in Dograh that is played first, instead of a greeting. Fill in this field or **Greeting**, not both.',
  },
  {
    key: 'call_reference',
    label: 'Call Reference',
    type: 'string',
    required: false,
    helpText:
      'Your own ID of this call, for example of the record in your CRM. The run keeps it as `call_reference` in its context. With **Skip If Called Within**, the same reference is not called twice.',
  },
  {
    key: 'skip_if_called_within',
    label: 'Skip If Called Within (Hours)',
    type: 'string',
    required: false,
    placeholder: '24',
    helpText:
      'Do not call again if this number was called for the same **Call Reference** in the last so many hours, also if it was busy or nobody answered. Returns the earlier call with `skipped` set to true. Requires a Call Reference; 0 or nothing turns it off.',
  },
  {
    key: 'telephony_configuration_id',
    label: 'Telephony Configuration',
    type: 'string',
    required: false,
    dynamic: 'telephony_configuration_list.id.name',
    helpText:
      'What dials, from the list or by its ID, a whole number. Leave it empty for the default one.',
  },
  {
    key: 'from_phone_number_id',
    label: 'From Phone Number',
    type: 'string',
    required: false,
    dynamic: 'phone_number_list.id.name',
    helpText:
      'The number that the person called sees, from the list or by its ID, a whole number. It belongs to the telephony configuration. Leave it empty for the default one.',
  },
  {
    key: 'preview_only',
    label: 'Preview Only',
    type: 'boolean',
    required: false,
    default: 'false',
    helpText:
      'Call nobody, and show what a call would be: what the agent would say, which variables are filled and which are missing, and the request that would be sent. Turn it off before the Zap goes live.',
  },
]);

function choice(version: Environment) {
  return { value: version, sample: version, label: ENVIRONMENT_LABELS[version] };
}
