import { CALL_OUTCOMES } from '@dograh/shared';
import type { INodeProperties } from 'n8n-workflow';
import { directionField } from '../direction-field';
import { dispositionField } from '../disposition-field';
import { includeWebAndChatField } from '../include-web-and-chat-field';
import { simplifyField } from '../simplify-field';
import { EVENTS } from './events';

/** In alphabetical order, as n8n wants it. */
const outcomes = CALL_OUTCOMES.map(({ label, value, description }) => ({
  name: label,
  value,
  description,
})).sort((one, other) => one.name.localeCompare(other.name));

/** The node panel of n8n shows the options of a field with this name as the events that start a workflow. */
const event: INodeProperties = {
  displayName: 'Event',
  name: 'event',
  type: 'options',
  noDataExpression: true,
  options: EVENTS.map(({ option }) => option),
  default: 'callFinished',
  description: 'What starts the workflow',
};

const showForCalls = { event: ['callFinished'] };
const showForCampaigns = { event: ['campaignFinished'] };

function agentsFilter(description: string): INodeProperties {
  return {
    displayName: 'Agent Names or IDs',
    name: 'agents',
    type: 'multiOptions',
    typeOptions: { loadOptionsMethod: 'getAgents' },
    default: [],
    description: `${description}. The ID of an agent is its Agent UUID. Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.`,
  };
}

/** The trigger returns each result only once, so it returns all values. */
export const SIMPLIFY_BY_DEFAULT = false;

export const filterFields: INodeProperties[] = [
  event,
  {
    displayName:
      'If calls ended since the last check, the workflow starts once, with one item for each call',
    name: 'oneItemPerCall',
    type: 'notice',
    default: '',
    displayOptions: { show: showForCalls },
  },
  {
    displayName:
      'If campaigns finished since the last check, the workflow starts once, with one item for each campaign',
    name: 'oneItemPerCampaign',
    type: 'notice',
    default: '',
    displayOptions: { show: showForCampaigns },
  },
  simplifyField(SIMPLIFY_BY_DEFAULT),
  {
    displayName: 'Filters',
    name: 'filters',
    type: 'collection',
    placeholder: 'Add Filter',
    default: {},
    displayOptions: { show: showForCalls },
    options: [
      agentsFilter('Only calls of these agents'),
      directionField,
      dispositionField(
        'Dispositions',
        'dispositions',
        'The output field disposition shows the value of each call.',
      ),
      includeWebAndChatField,
      {
        displayName: 'Outcomes',
        name: 'outcomes',
        type: 'multiOptions',
        options: outcomes,
        default: [],
        description:
          'Only calls with one of these outcomes. Without this filter, unanswered calls are included, too.',
      },
      {
        displayName: 'Status',
        name: 'status',
        type: 'options',
        options: [
          {
            name: 'Completed',
            value: 'completed',
            description: 'Answered or not: any outcome except Failed',
          },
          {
            name: 'Failed',
            value: 'failed',
            description: 'The call could not be placed, or failed before it was answered',
          },
        ],
        default: 'completed',
        description: 'Only calls with this status',
      },
    ],
  },
  {
    displayName: 'Filters',
    name: 'filters',
    type: 'collection',
    placeholder: 'Add Filter',
    default: {},
    displayOptions: { show: showForCampaigns },
    options: [agentsFilter('Only campaigns of these agents')],
  },
];

/** The name of the chosen event, as an expression. */
export const triggerSubtitle = `={{ ${JSON.stringify(
  Object.fromEntries(EVENTS.map(({ option }) => [option.value, option.name])),
)}[$parameter.event] }}`;
