import {
  SIMPLIFIED_CAMPAIGN,
  SIMPLIFIED_RESULT,
  type DograhClient,
  type FinishedRunFilters,
  type PollMemory,
} from '@dograh/shared';
import type { IDataObject, INodePropertyOptions } from 'n8n-workflow';
import { locatorValue } from '../locator-value';

/** What starts a workflow. Its value is stored in workflows, so it never changes. */
export interface TriggerEvent {
  readonly option: INodePropertyOptions & { readonly value: string; readonly action: string };
  /** The name of its memory in n8n. */
  readonly memory: string;
  /** The keys that Simplify leaves. */
  readonly simplified: readonly string[];
  /** What happened since the last poll. */
  poll(
    client: DograhClient,
    poller: { readonly poller: string; readonly memory: PollMemory },
    filters: IDataObject,
  ): Promise<readonly object[]>;
  /** The newest example, for a test in the editor. */
  latest(client: DograhClient, filters: IDataObject): Promise<object | undefined>;
  readonly noExample: { readonly message: string; readonly description: string };
}

/** The labels in the form of this node. */
const LABELS = {
  agents: 'Agent Names or IDs',
  dispositions: 'Dispositions',
  outcomes: 'Outcomes',
};

const callFinished: TriggerEvent = {
  option: {
    name: 'Call Finished',
    value: 'callFinished',
    action: 'On call finished',
    description: 'A call ended, and its result is written',
  },
  memory: 'finishedRuns',
  simplified: SIMPLIFIED_RESULT.finishedRun,
  poll: (client, poller, filters) =>
    client.pollFinishedRuns({ ...poller, filters: toRunFilters(filters) }),
  latest: (client, filters) => client.latestFinishedRun(toRunFilters(filters)),
  noExample: {
    message: 'No finished call was found.',
    description:
      'Place a call with one of your agents, wait until it ends, and try again. Or remove filters. This test checks only the last 300 calls. A published workflow starts with every call that passes the filters.',
  },
};

const campaignFinished: TriggerEvent = {
  option: {
    name: 'Campaign Finished',
    value: 'campaignFinished',
    action: 'On campaign finished',
    description: 'A campaign calls nobody anymore, and all its calls ended',
  },
  memory: 'finishedCampaigns',
  simplified: SIMPLIFIED_CAMPAIGN.counted,
  poll: (client, poller, { agents }) =>
    client.pollFinishedCampaigns({ ...poller, filters: { agents, labels: LABELS } }),
  latest: (client, { agents }) => client.latestFinishedCampaign({ agents, labels: LABELS }),
  noExample: {
    message: 'No finished campaign was found.',
    description:
      'Launch a campaign with one contact, wait until its call ends, and try again. Or remove filters. A published workflow starts with every campaign that finishes.',
  },
};

function toRunFilters(filters: IDataObject): FinishedRunFilters {
  return { ...filters, dispositions: locatorValue(filters['dispositions']), labels: LABELS };
}

export const EVENTS: readonly [TriggerEvent, ...TriggerEvent[]] = [callFinished, campaignFinished];
