import type { INodeProperties } from 'n8n-workflow';

/**
 * A filter that both nodes have. It was a text once, so its value may also be a text or a list.
 * @param note the last sentence of the description
 */
export function dispositionField(displayName: string, name: string, note: string): INodeProperties {
  return {
    displayName,
    name,
    type: 'resourceLocator',
    default: { mode: 'list', value: '' },
    description: `Only calls with one of these dispositions: how the agent, Dograh or the telephony provider names the end of the call. Upper and lower case are the same. ${note}`,
    modes: [
      {
        displayName: 'From List',
        name: 'list',
        type: 'list',
        placeholder: 'Choose a disposition',
        typeOptions: { searchListMethod: 'searchDispositions', searchable: true },
        hint: 'If the list is empty or lacks a disposition, choose By Name and type it',
      },
      {
        displayName: 'By Name',
        name: 'name',
        type: 'string',
        placeholder: 'e.g. user_hangup, voicemail_detected',
        hint: 'Separate several with commas',
      },
    ],
  };
}
