import { defineInputFields, defineSearch, type Bundle, type ZObject } from 'zapier-platform-core';
import type { InferInputData } from 'zapier-platform-core';
import { dograhClient } from '../host/client';
import { inZap } from '../host/errors';
import { MAX_REQUEST_MS } from '../host/time-limits';
import {
  campaignOutputFields,
  toCampaignOutput,
  type CampaignOutput,
} from '../outputs/campaign-output';
import { runningCampaign } from '../outputs/campaign-output.sample';

const inputFields = defineInputFields([
  {
    key: 'campaign',
    label: 'Campaign',
    type: 'string',
    required: false,
    dynamic: 'campaign_list.id.name',
    helpText:
      'Campaign from the list, or its Campaign ID from an earlier step. Fill in exactly one field of this search.',
  },
  {
    key: 'campaign_reference',
    label: 'Campaign Reference',
    type: 'string',
    required: false,
    placeholder: 'spring-offer-2026-05',
    helpText:
      '**Campaign Reference** that you gave to **Launch Campaign**. If the launch made several campaigns, the search returns the first one.',
  },
  {
    key: 'name',
    label: 'Campaign Name',
    type: 'string',
    required: false,
    placeholder: 'Spring offer',
    helpText:
      'Whole name of the campaign in Dograh. If several campaigns have it, the search returns the newest one.',
  },
]);

type Input = Partial<InferInputData<typeof inputFields>>;

async function perform(z: ZObject, bundle: Bundle<Input>): Promise<CampaignOutput[]> {
  return inZap(z, async () => {
    const { campaign, campaign_reference, name } = bundle.inputData;
    const client = dograhClient(z, bundle, MAX_REQUEST_MS.findCampaign);
    const found = await client.findCampaign({
      campaignId: campaign,
      reference: campaign_reference,
      name,
    });
    return found === undefined ? [] : [toCampaignOutput(found)];
  });
}

export const findCampaign = defineSearch({
  key: 'find_campaign',
  noun: 'Campaign',
  display: {
    label: 'Find Campaign',
    description:
      'Finds a campaign, and counts how many of its contacts were called, are pending, or were never called.',
  },
  operation: {
    inputFields,
    perform,
    sample: { ...runningCampaign },
    outputFields: campaignOutputFields,
  },
});
