import { defineCreate, type Bundle, type ZObject } from 'zapier-platform-core';
import { callingRuleGroup } from '../calling-rule-fields';
import { dograhClient } from '../host/client';
import { inZap } from '../host/errors';
import { MAX_REQUEST_MS } from '../host/time-limits';
import { launchOutputFields, toLaunchOutput, type LaunchOutput } from '../outputs/launch-output';
import { launchedCampaign } from '../outputs/launch-output.sample';
import { inputFields } from './launch-campaign-fields';
import { readContacts, toLaunchInput, type LaunchCampaignInput } from './launch-campaign-input';

async function perform(z: ZObject, bundle: Bundle<LaunchCampaignInput>): Promise<LaunchOutput> {
  return inZap(z, async () => {
    const client = dograhClient(z, bundle, MAX_REQUEST_MS.launchCampaign);
    return client.guard(async () => {
      const contacts = await readContacts(bundle.inputData, client);
      const launched = await client.launchCampaign(toLaunchInput(bundle, contacts));
      return toLaunchOutput(launched, contacts.notes);
    });
  });
}

export const launchCampaign = defineCreate({
  key: 'launch_campaign',
  noun: 'Campaign',
  display: {
    label: 'Launch Campaign',
    description:
      'Calls a list of people with one of your voice agents. The Zap does not wait for the calls to end.',
  },
  operation: {
    inputFields,
    inputFieldGroups: [callingRuleGroup],
    perform,
    sample: { ...launchedCampaign },
    outputFields: launchOutputFields,
  },
});
