import type { CallPreview } from './preview-call';

/** The name of each value of a preview in a form. */
export const PREVIEW_LABELS = {
  agent_name: 'Agent Name',
  phone_number: 'Phone Number',
  greeting: 'Greeting',
  prompts: 'Prompts',
  calling_rules: 'Calling Rules',
  notes: 'Notes',
  variables: 'Variables',
  agent_version: 'Version That Would Run',
  environment: 'Agent Version',
  workflow_id: 'Agent ID',
  method: 'Request Method',
  url: 'Request URL',
  body: 'Request Body',
} as const satisfies Readonly<Record<keyof CallPreview, string>>;

/** The most useful keys of a preview, in its order. Prompts are long, and the request is for experts. */
export const SIMPLIFIED_PREVIEW = [
  'agent_name',
  'phone_number',
  'greeting',
  'notes',
  'variables',
] as const satisfies readonly (keyof CallPreview)[];
