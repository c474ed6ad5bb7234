import { defineCreate, type Bundle, type ZObject } from 'zapier-platform-core';
import { campaignFields } from '../campaign-field';
import { dograhClient } from '../host/client';
import { inRepeatableZap } from '../host/errors';
import { MAX_REQUEST_MS } from '../host/time-limits';
import {
  pausedCampaignOutputFields,
  toPausedOutput,
  type PausedCampaignOutput,
} from '../outputs/campaign-output';
import { pausedCampaign } from '../outputs/campaign-output.sample';

const inputFields = campaignFields(
  'Campaign to pause. **Launch Campaign** returns its Campaign ID. Dograh does not stop the batch that is under way, so it may still call up to 10 contacts. The output says how many.',
);

async function perform(
  z: ZObject,
  bundle: Bundle<{ campaign?: unknown }>,
): Promise<PausedCampaignOutput> {
  return inRepeatableZap(z, async () => {
    const client = dograhClient(z, bundle, MAX_REQUEST_MS.changeCampaign);
    return toPausedOutput(await client.pauseCampaign(bundle.inputData.campaign));
  });
}

export const pauseCampaign = defineCreate({
  key: 'pause_campaign',
  noun: 'Campaign',
  display: {
    label: 'Pause Campaign',
    description: 'Pauses a campaign, so that no more contacts are called until it is resumed.',
  },
  operation: {
    inputFields,
    perform,
    sample: { ...pausedCampaign },
    outputFields: pausedCampaignOutputFields,
  },
});
