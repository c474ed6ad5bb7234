import { simplifyRun, type RunSearchInput } from '@dograh/shared';
import {
  tryToParseDateTime,
  type IDataObject,
  type INodeExecutionData,
  type INodeProperties,
} from 'n8n-workflow';
import type { Read } from '../../execution/parameters';
import { agentModes, valueOf } from '../agent/choose-agent';
import { limitFields } from '../limit-fields';
import type { Operation } from '../operation';

const showOnlyForMany = { resource: ['run'], operation: ['getAll'] };

const filters: INodeProperties[] = [
  {
    displayName: 'Agent',
    name: 'agent',
    type: 'resourceLocator',
    default: { mode: 'list', value: '' },
    description: 'The voice agent that had the call. An archived one is found by its UUID.',
    // An API Trigger does not say whose it is.
    modes: agentModes().modes.filter(({ name }) => name === 'list' || name === 'agentUuid'),
  },
  {
    displayName: 'Direction',
    name: 'direction',
    type: 'options',
    options: [
      { name: 'Inbound', value: 'inbound', description: 'Calls that an agent took' },
      { name: 'Outbound', value: 'outbound', description: 'Calls that an agent made' },
    ],
    default: 'outbound',
    description: 'Who called whom',
  },
  {
    displayName: 'Disposition',
    name: 'disposition',
    type: 'string',
    default: '',
    placeholder: 'e.g. user_hangup',
    description:
      'How the call ended, as disposition of a run shows it; several are separated by commas, and case does not count. Dograh cannot look for it, so set a start date where there are many runs.',
  },
  {
    displayName: 'End Date',
    name: 'endDate',
    type: 'dateTime',
    default: '',
    description:
      'Only runs that were created then or before, in the time zone of the workflow. A date without a time includes that day.',
  },
  {
    displayName: 'Phone Number',
    name: 'phoneNumber',
    type: 'string',
    default: '',
    placeholder: 'e.g. +14155550123',
    description:
      'The whole number that was called, or that called. Only its digits count, so write it with the country code.',
  },
  {
    displayName: 'Start Date',
    name: 'startDate',
    type: 'dateTime',
    default: '',
    description: 'Only runs that were created then or later, in the time zone of the workflow',
  },
];

const fields: INodeProperties[] = [
  ...limitFields(showOnlyForMany),
  {
    displayName: 'Simplify',
    name: 'simplify',
    type: 'boolean',
    default: true,
    displayOptions: { show: showOnlyForMany },
    description: 'Whether to return a simplified version of the response instead of the raw data',
  },
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

/** The runs that the filters let through, each an item of its own. */
export const getAll: Operation = {
  option: {
    name: 'Get Many',
    value: 'getAll',
    action: 'Get many runs',
    description: 'List the calls that were made or taken, the newest first',
  },
  fields,
  execute: async ({ context, client, read }) => {
    const isSimple = read('simplify') === true;
    const search = readSearch(read, context.getTimezone());
    const items: INodeExecutionData[] = [];
    for await (const run of client.listRuns(search, context.getExecutionCancelSignal())) {
      items.push({ json: isSimple ? { ...simplifyRun(run) } : { ...run } });
    }
    return items;
  },
};

function readSearch(read: Read, zone: string): RunSearchInput {
  const filters = read('filters', {}) as IDataObject;
  return {
    agentUuid: valueOf(filters.agent),
    phoneNumber: filters.phoneNumber,
    startDate: inZone(filters.startDate, zone, 'start'),
    endDate: inZone(filters.endDate, zone, 'end'),
    disposition: filters.disposition,
    direction: filters.direction,
    limit: read('returnAll') === true ? undefined : read('limit'),
  };
}

const WITHOUT_ZONE = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?)?$/;

/** n8n's field for dates gives a time without its zone; that of the workflow is meant. */
function inZone(value: unknown, zone: string, which: 'start' | 'end'): unknown {
  if (typeof value !== 'string' || !WITHOUT_ZONE.test(value.trim())) return value;
  try {
    const time = tryToParseDateTime(value, zone);
    const isWholeDay = /^\S{10}$/.test(value.trim());
    return (isWholeDay && which === 'end' ? time.endOf('day') : time).toISO();
  } catch {
    return value;
  }
}
