import type { INodeProperties } from 'n8n-workflow';
import { callFields } from './call-fields';
import { preview } from './preview';
import { trigger } from './trigger';
import { triggerAndWait } from './trigger-and-wait';

export const callOperations = { preview, trigger, triggerAndWait };

export const callDescription: INodeProperties[] = [
  {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: ['call'] } },
    options: [
      {
        name: 'Preview Call',
        value: 'preview',
        action: 'Preview call',
        description:
          'See what Trigger Call would send and what the agent would say, without calling anybody',
      },
      {
        name: 'Trigger Call',
        value: 'trigger',
        action: 'Trigger call',
        description: 'Have a voice agent call a phone number',
      },
      {
        name: 'Trigger Call and Wait for Result',
        value: 'triggerAndWait',
        action: 'Trigger call and wait for result',
        description: 'Have a voice agent call a phone number, and go on when the call is over',
      },
    ],
    default: 'trigger',
  },
  ...callFields,
];
