import type { INodeProperties } from 'n8n-workflow';
import type { Resource } from '../operation';
import { campaignLocator } from './choose-campaign';
import { downloadReport } from './download-report';
import { get } from './get';
import { getAll } from './get-all';
import { getResults } from './get-results';
import { launch } from './launch';
import { pause } from './pause';
import { redial } from './redial';
import { resume } from './resume';

const notForAgents: INodeProperties = {
  displayName:
    'An AI agent cannot use this operation, because a model would then decide who is called. Choose another operation.',
  name: 'notForAgents',
  type: 'notice',
  default: '',
  displayOptions: {
    show: { resource: ['campaign'], operation: ['launch', 'redial', 'resume'], '@tool': [true] },
  },
};

export const campaign: Resource = {
  option: {
    name: 'Campaign',
    value: 'campaign',
    description: 'Calls to many people, which Dograh makes one after the other',
  },
  operations: [downloadReport, get, getAll, getResults, launch, pause, redial, resume],
  defaultOperation: launch,
  fields: [
    notForAgents,
    campaignLocator,
    ...downloadReport.fields,
    ...get.fields,
    ...getAll.fields,
    ...getResults.fields,
    ...launch.fields,
    ...pause.fields,
    ...redial.fields,
    ...resume.fields,
  ],
};
