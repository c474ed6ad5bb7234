import { defineInputFields, defineTrigger, type Bundle, type ZObject } from 'zapier-platform-core';
import type { InferInputData } from 'zapier-platform-core';
import { dograhClient } from '../host/client';
import { inEditor, inZap } from '../host/errors';
import { isInEditor } from '../host/is-in-editor';
import { MAX_REQUEST_MS } from '../host/time-limits';
import {
  campaignOutputFields,
  toCampaignOutput,
  type CampaignOutput,
} from '../outputs/campaign-output';
import { finishedCampaign } from '../outputs/campaign-output.sample';

const inputFields = defineInputFields([
  {
    key: 'agent',
    label: 'Agent',
    type: 'string',
    required: false,
    dynamic: 'agent_list.agent_uuid.agent_name',
    helpText:
      'Voice agent whose campaigns start the Zap. If empty, the campaigns of all agents start it.',
  },
]);

type Input = Partial<InferInputData<typeof inputFields>>;

/** Zapier starts the Zap once for each ID, so a poll may list a campaign that an earlier poll also listed. */
async function perform(z: ZObject, bundle: Bundle<Input>): Promise<CampaignOutput[]> {
  return (isInEditor(bundle) ? inEditor : inZap)(z, async () => {
    const client = dograhClient(z, bundle, MAX_REQUEST_MS.pollCampaigns);
    const campaigns = await client.recentFinishedCampaigns({ agents: bundle.inputData.agent });
    return campaigns.map(toCampaignOutput);
  });
}

export const campaignFinished = defineTrigger({
  key: 'campaign_finished',
  noun: 'Campaign',
  display: {
    label: 'Campaign Finished',
    description:
      'Triggers when a campaign will call no more contacts, and all of its calls are over.',
  },
  operation: {
    type: 'polling',
    inputFields,
    // The types require a string as ID, but Zapier also accepts a number.
    perform: perform as never,
    sample: { ...finishedCampaign },
    outputFields: campaignOutputFields,
  },
});
