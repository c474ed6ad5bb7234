import type { INodeProperties } from 'n8n-workflow';
import { agentModes } from '../agent/choose-agent';
import { limitFields } from '../limit-fields';

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

export const runListFields: INodeProperties[] = [
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
