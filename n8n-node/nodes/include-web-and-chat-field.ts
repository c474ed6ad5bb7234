import type { INodeProperties } from 'n8n-workflow';

/** A filter that both nodes have. */
export const includeWebAndChatField: INodeProperties = {
  displayName: 'Include Web and Chat Runs',
  name: 'includeWebAndChat',
  type: 'boolean',
  default: true,
  description:
    'Whether to include tests in a browser and text chats. Without this filter, only phone calls are returned. The output field channel shows what each run is.',
};
