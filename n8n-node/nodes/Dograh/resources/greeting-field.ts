import type { GreetingInput } from '@dograh/shared';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

export const greetingField: INodeProperties = {
  displayName: 'Greeting',
  name: 'greeting',
  type: 'fixedCollection',
  // Without `values`, n8n's editor does not add the option.
  default: { values: {} },
  placeholder: 'Set Greeting',
  description: "Replaces the agent's own greeting in this call",
  options: [
    {
      displayName: 'Greeting',
      name: 'values',
      values: [
        {
          displayName: 'Type',
          name: 'type',
          type: 'options',
          options: [
            { name: 'Recording', value: 'audio' },
            { name: 'Text', value: 'text' },
          ],
          default: 'text',
        },
        {
          displayName: 'Text',
          name: 'text',
          type: 'string',
          typeOptions: { rows: 2 },
          default: '',
          placeholder: 'e.g. Hello {{customer_name | there}}!',
          displayOptions: { show: { type: ['text'] } },
          description:
            'The text that the agent says first. It can contain variables, as in the example.',
        },
        {
          displayName: 'Recording ID',
          name: 'recordingId',
          type: 'string',
          default: '',
          placeholder: 'e.g. welcome-message',
          displayOptions: { show: { type: ['audio'] } },
          description: 'ID of the recording to play first. The page Recordings in Dograh shows it.',
        },
      ],
    },
  ],
};

/** The value of this field, not validated. Undefined if the user has not added it. */
export function toGreeting(collection: unknown): GreetingInput | undefined {
  const { values } = (collection ?? {}) as { values?: IDataObject };
  if (values === undefined) return undefined;
  return {
    type: 'type' in values ? values.type : 'text',
    text: values.text,
    recordingId: values.recordingId,
  };
}
