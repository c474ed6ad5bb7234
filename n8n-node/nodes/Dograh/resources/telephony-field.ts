import type { INodeProperties } from 'n8n-workflow';

export const telephonyConfigurationField: INodeProperties = {
  displayName: 'Telephony Configuration Name or ID',
  name: 'telephonyConfigurationId',
  type: 'options',
  typeOptions: { loadOptionsMethod: 'getTelephonyConfigurations' },
  default: 0,
  description:
    'The telephony account in Dograh that dials, e.g. your Twilio account. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};
