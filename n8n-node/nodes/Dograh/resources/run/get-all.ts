import { cleanText, SIMPLIFIED_RESULT, type RunSearchInput } from '@dograh/shared';
import {
  tryToParseDateTime,
  type IDataObject,
  type INodeExecutionData,
  type INodeProperties,
} from 'n8n-workflow';
import { directionField } from '../../../direction-field';
import { dispositionField } from '../../../disposition-field';
import { includeWebAndChatField } from '../../../include-web-and-chat-field';
import { locatorValue } from '../../../locator-value';
import { resultOutput } from '../../execution/output';
import type { Read } from '../../execution/parameters';
import { agentModesWithoutTrigger, nameInList } from '../agent/choose-agent';
import { limitFields, readLimit } from '../limit-fields';
import { defaultCountryField, numberFormatField } from '../number-fields';
import type { Operation } from '../operation';

const showOnlyForMany = { resource: ['run'], operation: ['getAll'] };

const output = resultOutput(SIMPLIFIED_RESULT.listedRun, true);

const filters: INodeProperties[] = [
  {
    displayName: 'Agent',
    name: 'agent',
    type: 'resourceLocator',
    default: { mode: 'list', value: '' },
    description:
      'Only calls of this voice agent. For an agent that is archived in Dograh, choose By Agent UUID.',
    // An API Trigger does not tell which agent it belongs to.
    ...agentModesWithoutTrigger(),
  },
  defaultCountryField,
  directionField,
  dispositionField(
    'Disposition',
    'disposition',
    'The node reads all runs for this filter, so set Start Date if you have many.',
  ),
  {
    displayName: 'End Date',
    name: 'endDate',
    type: 'dateTime',
    default: '',
    description:
      'Only runs created at this time or before, in the time zone of the workflow. A date without a time includes the whole day.',
  },
  includeWebAndChatField,
  numberFormatField,
  {
    displayName: 'Phone Number',
    name: 'phoneNumber',
    type: 'string',
    default: '',
    placeholder: 'e.g. +14155550123',
    description:
      'Only calls to or from this number. It is read as in Trigger Call: with + and the country code, or with Default Country.',
  },
  {
    displayName: 'Start Date',
    name: 'startDate',
    type: 'dateTime',
    default: '',
    description: 'Only runs created at this time or later, in the time zone of the workflow',
  },
];

const fields: INodeProperties[] = [
  ...limitFields(showOnlyForMany),
  ...output.fields(showOnlyForMany),
  {
    displayName: 'Filters',
    name: 'filters',
    type: 'collection',
    placeholder: 'Add Filter',
    default: {},
    displayOptions: { show: showOnlyForMany },
    options: filters,
  },
];

/** One item for each run that matches the filters. */
export const getAll: Operation = {
  option: {
    name: 'Get Many',
    value: 'getAll',
    action: 'Get many runs',
    description: 'List inbound and outbound calls, newest first',
  },
  fields,
  execute: async (item) => {
    const { context, client, node, read } = item;
    const toItem = output.read(item);
    const search = readSearch(read, context.getTimezone(), node.parameters['filters']);
    const items: INodeExecutionData[] = [];
    for await (const run of client.listRuns(search, context.getExecutionCancelSignal())) {
      items.push(toItem(run));
    }
    return items;
  },
};

function readSearch(read: Read, zone: string, stored: unknown): RunSearchInput {
  const filters = read('filters', {}) as IDataObject;
  return {
    agentUuid: locatorValue(filters.agent),
    agentName: nameInList(filters.agent, (stored as IDataObject | undefined)?.['agent']),
    phoneNumber: filters.phoneNumber,
    phoneNumberRules: { format: filters.numberFormat, defaultCountry: filters.defaultCountry },
    startDate: inZone(filters.startDate, zone, 'start'),
    endDate: inZone(filters.endDate, zone, 'end'),
    disposition: locatorValue(filters.disposition),
    direction: filters.direction,
    includeWebAndChat: filters.includeWebAndChat,
    ...readLimit(read),
  };
}

const WITHOUT_ZONE = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?$/;

/** A date field of n8n gives a time without a zone. It means the zone of the workflow. */
function inZone(value: unknown, zone: string, which: 'start' | 'end'): unknown {
  const text = typeof value === 'string' ? cleanText(value) : '';
  if (!WITHOUT_ZONE.test(text)) return value;
  try {
    const time = tryToParseDateTime(text, zone);
    const isWholeDay = /^\S{10}$/.test(text);
    return (isWholeDay && which === 'end' ? time.endOf('day') : time).toISO();
  } catch {
    return value;
  }
}
