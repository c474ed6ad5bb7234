import { defineInputFields } from 'zapier-platform-core';

/** A field of each step that finds runs. Booleans are text fields, as in the fields of Trigger Call. */
export const includeWebAndChatFields = defineInputFields([
  {
    key: 'include_web_and_chat',
    label: 'Include Web and Chat Runs',
    type: 'string',
    required: false,
    choices: [
      { value: 'no', sample: 'no', label: 'No' },
      { value: 'yes', sample: 'yes', label: 'Yes' },
    ],
    helpText:
      'Whether to include tests in a browser and text chats. If empty, only phone calls are included. **Channel** shows what each run is.',
  },
]);
