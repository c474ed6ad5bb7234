import { defineInputFields } from 'zapier-platform-core';

export const defaultCountryFields = defineInputFields([
  {
    key: 'default_country',
    label: 'Default Country',
    type: 'string',
    required: false,
    placeholder: 'US',
    helpText:
      'Country of phone numbers that have no country code. Enter its two-letter code, such as US, GB or DE.',
  },
]);

/** How to read a phone number: the same for calls and for searches, so that a search finds what was dialed. */
export const numberFields = defineInputFields([
  ...defaultCountryFields,
  {
    key: 'number_format',
    label: 'Number Format',
    type: 'string',
    required: false,
    default: 'e164',
    choices: [
      { value: 'e164', sample: 'e164', label: 'Phone Number' },
      { value: 'any', sample: 'any', label: 'Any Destination' },
    ],
    helpText:
      'Kind of destination. **Phone Number** refuses anything that is not a valid phone number. **Any Destination** also accepts SIP URIs such as `sip:ann@example.com` and extensions such as `204`, without a check. To call them, your telephony provider must support them.',
  },
]);
