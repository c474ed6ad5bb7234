import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** How to read a phone number: the same for calls and for searches, so that a search finds what was dialed. */

export const defaultCountryField: INodeProperties = {
  displayName: 'Default Country',
  name: 'defaultCountry',
  type: 'string',
  default: '',
  placeholder: 'e.g. US',
  description: 'Two-letter code of the country of numbers that have no country code',
};

export const numberFormatField: INodeProperties = {
  displayName: 'Number Format',
  name: 'numberFormat',
  type: 'options',
  options: [
    {
      name: 'Any Destination',
      value: 'any',
      description: 'Used unchanged, e.g. the SIP URI sip:ann@example.com or the extension 204',
    },
    {
      name: 'Phone Number',
      value: 'e164',
      description: 'Checked and converted to international form',
    },
  ],
  default: 'e164',
  description: 'Which destinations to accept',
};

/** The number to call. @param show for which operations */
export function phoneNumberField(show: NonNullable<IDisplayOptions['show']>): INodeProperties {
  return {
    displayName: 'Phone Number',
    name: 'phoneNumber',
    type: 'string',
    default: '',
    required: true,
    displayOptions: { show },
    placeholder: 'e.g. +14155550123',
    description:
      'The number to call, with + and the country code. Spaces, dashes and brackets are allowed.',
  };
}
