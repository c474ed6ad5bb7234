import {
  CONTACT_LABELS,
  contactsToCsv,
  parseLimit,
  SIMPLIFIED_CONTACT,
  type ContactResult,
} from '@dograh/shared';
import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { readChoice } from '../../execution/choice';
import type { Item } from '../../execution/each-item';
import { outputOf } from '../../execution/output';
import { binaryField, readBinaryField } from '../binary-field';
import { limitFields, readLimit } from '../limit-fields';
import type { Operation } from '../operation';
import { readCampaign } from './choose-campaign';

const show = { resource: ['campaign'], operation: ['getResults'] };

const output = outputOf<ContactResult>({
  labels: CONTACT_LABELS,
  id: 'phone_number',
  simplified: SIMPLIFIED_CONTACT,
  simplify: true,
});

const resultFormat: INodeProperties = {
  displayName: 'Return As',
  name: 'resultFormat',
  type: 'options',
  displayOptions: { show },
  options: [
    {
      name: 'CSV File',
      value: 'csv',
      description: 'One item with a file for a spreadsheet, with one row per contact',
    },
    { name: 'Items', value: 'items', description: 'One item per contact' },
  ],
  default: 'items',
  description: 'How to return the contacts',
};

const filters: INodeProperties = {
  displayName: 'Filters',
  name: 'filters',
  type: 'collection',
  placeholder: 'Add Filter',
  default: {},
  displayOptions: { show },
  options: [
    {
      displayName: 'Contact Status',
      name: 'status',
      type: 'multiOptions',
      options: [
        { name: 'Called', value: 'called', description: 'A number was dialed, or may have been' },
        {
          name: 'Never Called',
          value: 'never_called',
          description: 'Dograh will not call this contact. The output field reason says why.',
        },
        { name: 'Pending', value: 'pending', description: 'Dograh may still call this contact' },
      ],
      default: [],
      description: 'Only contacts with one of these statuses',
    },
  ],
};

/** Every contact by default: one that is left out would look as if it had not been in the campaign. */
const limits = limitFields(show).map((field) =>
  field.name === 'returnAll' ? { ...field, default: true } : field,
);

const file = binaryField({ ...show, resultFormat: ['csv'] });

/** Each contact of a campaign with its last call, as items or as a file. */
export const getResults: Operation = {
  option: {
    name: 'Get Results',
    value: 'getResults',
    action: 'Get results of campaign',
    description:
      'Return each contact of a campaign with its last call, or with the reason why it was not called',
  },
  fields: [resultFormat, file, ...limits, ...output.fields(show), filters],
  execute: async (item) => {
    const { read } = item;
    const toItem = output.read(item);
    if (readChoice(read, 'resultFormat', 'Return As', ['items', 'csv']) === 'csv') {
      return [await toFile(item, toItem)];
    }
    const items: INodeExecutionData[] = [];
    for await (const contact of contactsOf(item)) items.push(toItem(contact));
    return items;
  },
};

/** One item, so that a step after it handles the file once. */
async function toFile(
  item: Item,
  toItem: (contact: ContactResult) => INodeExecutionData,
): Promise<INodeExecutionData> {
  const { context, read } = item;
  const field = readBinaryField(read);
  const contacts: object[] = [];
  for await (const contact of contactsOf(item)) contacts.push(toItem(contact).json);
  const id = readCampaign(read);
  const fileName = `campaign_${String(id).trim()}_results.csv`;
  const bytes = Buffer.from(contactsToCsv(contacts));
  return {
    json: { campaign_id: Number(id), contacts: contacts.length, file_name: fileName },
    binary: { [field]: await context.helpers.prepareBinaryData(bytes, fileName, 'text/csv') },
  };
}

async function* contactsOf({ client, context, read }: Item): AsyncGenerator<ContactResult> {
  const limit = parseLimit(readLimit(read));
  const filter = { status: read('filters.status', '') };
  const signal = context.getExecutionCancelSignal();
  let count = 0;
  for await (const contact of client.listCampaignContacts(readCampaign(read), filter, signal)) {
    yield contact;
    count += 1;
    if (count >= limit) return;
  }
}
