import { DEFAULT_ENVIRONMENT, ENVIRONMENT_LABELS, type Environment } from '@dograh/shared';
import { defineInputFields } from 'zapier-platform-core';

export const inputFields = defineInputFields([
  {
    key: 'agent',
    label: 'Agent',
    type: 'string',
    required: false,
    dynamic: 'agent_list.agent_uuid.agent_name',
    helpText:
      'The voice agent that makes the call, from the list or by its Agent UUID. Fill in this field or **API Trigger**, not both.',
  },
  {
    key: 'api_trigger',
    label: 'API Trigger',
    type: 'string',
    required: false,
    placeholder: 'https://api.dograh.com/api/v1/public/agent/…',
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
      'The number to call, in international form with + and the country code. **Testing this step really dials it.**',
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
      'Variables as one JSON object, for values that are numbers, lists or objects. A variable in **Context** wins over one of the same name here.',
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
    type: 'number',
    required: false,
    placeholder: '24',
    helpText:
      'Do not call again if this number was called for the same **Call Reference** in the last so many hours, also if it was busy or nobody answered. Returns the earlier call with `skipped` set to true. Requires a Call Reference; 0 or nothing turns it off.',
  },
  {
    key: 'telephony_configuration_id',
    label: 'Telephony Configuration',
    type: 'integer',
    required: false,
    dynamic: 'telephony_configuration_list.id.name',
    helpText:
      'What dials, from the list or by its ID, a whole number. Leave it empty for the default one.',
  },
  {
    key: 'from_phone_number_id',
    label: 'From Phone Number',
    type: 'integer',
    required: false,
    dynamic: 'phone_number_list.id.name',
    helpText:
      'ID of the phone number that is shown to the person called, a whole number. It must belong to the telephony configuration. Leave it empty for the default one.',
  },
]);

function choice(version: Environment) {
  return { value: version, sample: version, label: ENVIRONMENT_LABELS[version] };
}
