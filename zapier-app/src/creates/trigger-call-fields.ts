import { DEFAULT_ENVIRONMENT, ENVIRONMENT_LABELS, type Environment } from '@dograh/shared';
import { defineInputFields } from 'zapier-platform-core';
import { variableFields } from './variable-fields';

/**
 * What most people fill in comes first.
 *
 * Numbers, yes and no are asked for as text: of any text in a field for numbers Zapier makes 0, and of some in a field
 * for yes and no it makes no. But 0 hours would let a phone ring twice, and a preview that is off dials.
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
      'The voice agent that makes the call. A field for each variable that it uses appears below. It must be published, unless its draft is called. Leave **API Trigger** empty then.',
  },
  {
    key: 'api_trigger',
    label: 'API Trigger',
    type: 'string',
    required: false,
    placeholder: 'https://api.dograh.com/api/v1/public/agent/…',
    altersDynamicFields: true,
    helpText:
      'Only if you have the URL of an API Trigger instead of an agent from the list. Its ID, the last part of the URL, is enough. The URL must belong to the connected account.',
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
    key: 'preview_only',
    label: 'Preview Only',
    type: 'string',
    required: false,
    default: 'no',
    choices: [option('no', 'No'), option('yes', 'Yes')],
    helpText:
      'Choose yes to call nobody, and see what a call would be: what the agent would say, which variables are filled and which are missing, and the request that would be sent. Turn it off before the Zap goes live.',
  },
  variableFields,
  {
    key: 'context',
    label: 'Context',
    dict: true,
    required: false,
    helpText:
      'More variables for the agent: those that have no field of their own above. On the left the name as in the prompt, without braces, such as `customer_name`; on the right its value. An empty value is left out.',
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
    type: 'string',
    required: false,
    default: 'no',
    choices: [option('no', 'No'), option('yes', 'Yes')],
    helpText:
      'Choose yes to call nobody while a variable marked **Needed** is empty. The step then says which.',
  },
  {
    key: 'call_reference',
    label: 'Call Reference',
    type: 'string',
    required: false,
    helpText:
      'Your own ID of this call, for example of the record in your CRM. It comes back with **Call Completed**, as Initial Context Call Reference, so that you can find the record again.',
  },
  {
    key: 'skip_if_called_within',
    label: 'Skip If Called Within (Hours)',
    type: 'string',
    required: false,
    placeholder: '24',
    helpText:
      'Keeps the same record from being called twice: if this number was called for the same **Call Reference** in the last so many hours, even if nobody answered, nobody is called, and the earlier call is returned with `skipped` set to true. Requires a Call Reference.',
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
    choices: [option('e164', 'Phone Number'), option('any', 'Any Destination')],
    helpText:
      'Choose **Any Destination** to call a SIP URI or an extension, if your telephony provider can. It is then not checked.',
  },
  {
    key: 'telephony_configuration_id',
    label: 'Telephony Configuration',
    type: 'string',
    required: false,
    dynamic: 'telephony_configuration_list.id.name',
    helpText:
      'The telephony account, set up in Dograh, that dials. Leave it empty for the default one.',
  },
  {
    key: 'from_phone_number_id',
    label: 'From Phone Number',
    type: 'string',
    required: false,
    dynamic: 'phone_number_list.id.name',
    helpText:
      'Which of your numbers the person called sees. It belongs to the telephony configuration. Leave it empty for the default one.',
  },
]);

function choice(version: Environment) {
  return { value: version, sample: version, label: ENVIRONMENT_LABELS[version] };
}

function option(value: string, label: string) {
  return { value, sample: value, label };
}
