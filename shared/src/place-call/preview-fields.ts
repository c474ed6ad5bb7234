import type { CallPreview } from './preview-call';

/** The name of each value of a preview in a form. */
export const PREVIEW_LABELS = {
  agent_name: 'Agent Name',
  agent_version: 'Version That Would Run',
  phone_number: 'Phone Number',
  notes: 'Notes',
  greeting: 'Greeting',
  variables: 'Variables',
  prompts: 'Prompts',
  environment: 'Agent Version',
  workflow_id: 'Agent ID',
  method: 'Request Method',
  url: 'Request URL',
  body: 'Request Body',
} as const satisfies Readonly<Record<keyof CallPreview, string>>;

/** The most useful keys of a preview. Prompts are long, and the request is for experts. */
export const SIMPLIFIED_PREVIEW = [
  'agent_name',
  'phone_number',
  'notes',
  'greeting',
  'variables',
] as const satisfies readonly (keyof CallPreview)[];
