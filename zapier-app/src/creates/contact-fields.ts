import { isColumnName } from '@dograh/shared';
import type { Bundle, PlainInputField, ZObject } from 'zapier-platform-core';
import type { AgentChoice } from './choose-agent';
import { readVariables, variableField } from './variable-fields';

/** The line items with people to call, with a field for each variable of the agent that a campaign can carry. */
export async function contactFields(
  z: ZObject,
  bundle: Bundle<AgentChoice>,
): Promise<PlainInputField[]> {
  const { variables, remark } = await readVariables(z, bundle, 'use **CSV File** instead');
  const fields = variables.filter(({ name }) => isColumnName(name)).map(variableField);
  const contacts: PlainInputField = {
    key: 'contacts',
    label: 'Contacts',
    children: [
      {
        key: 'phone_number',
        label: 'Phone Number',
        type: 'string',
        required: false,
        helpText:
          'Numbers to call, with + and the country code: line items of an earlier step, such as the rows of a sheet. Use them or the **CSV File**, not both.',
      },
      ...fields,
      {
        key: 'call_reference',
        label: 'Call Reference',
        type: 'string',
        required: false,
        helpText:
          'Your own IDs of the calls, such as the IDs of the rows. **Call Completed** has them in Initial Context Call Reference.',
      },
    ],
  };
  return remark === undefined ? [contacts] : [contacts, remark];
}
