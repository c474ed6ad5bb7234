import { defineCreate, type Bundle, type ZObject } from 'zapier-platform-core';
import { campaignFields } from '../campaign-field';
import { dograhClient } from '../host/client';
import { inRepeatableZap } from '../host/errors';
import { MAX_REQUEST_MS } from '../host/time-limits';
import {
  campaignOutputFields,
  toCampaignOutput,
  type CampaignOutput,
} from '../outputs/campaign-output';
import { runningCampaign } from '../outputs/campaign-output.sample';

const inputFields = campaignFields(
  'Campaign to continue: a paused one, or one that was launched without **Start Now**. **Testing this step really calls its contacts.** A campaign that has ended cannot be resumed.',
);

async function perform(
  z: ZObject,
  bundle: Bundle<{ campaign?: unknown }>,
): Promise<CampaignOutput> {
  return inRepeatableZap(z, async () => {
    const client = dograhClient(z, bundle, MAX_REQUEST_MS.changeCampaign);
    return toCampaignOutput(await client.resumeCampaign(bundle.inputData.campaign));
  });
}

export const resumeCampaign = defineCreate({
  key: 'resume_campaign',
  noun: 'Campaign',
  display: {
    label: 'Resume Campaign',
    description: 'Continues a paused campaign, or starts one that was never started.',
  },
  operation: {
    inputFields,
    perform,
    sample: { ...runningCampaign },
    outputFields: campaignOutputFields,
  },
});
