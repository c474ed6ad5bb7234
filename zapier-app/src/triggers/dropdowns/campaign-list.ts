import { defineTrigger, type Bundle, type ZObject } from 'zapier-platform-core';
import { dograhClient } from '../../host/client';
import { inEditor } from '../../host/errors';
import { MAX_REQUEST_MS } from '../../host/time-limits';
import type { DropdownItem } from './dropdown-item';
import { onPage } from './on-page';

/** Dograh returns all campaigns in one response, but Zapier shows them in pages. */
async function perform(z: ZObject, bundle: Bundle): Promise<DropdownItem[]> {
  const campaigns = await inEditor(z, async () =>
    dograhClient(z, bundle, MAX_REQUEST_MS.fillForm).listCampaignChoices(),
  );
  return onPage(campaigns, bundle).map(({ id, label }) => ({ id: String(id), name: label }));
}

/** Names are not unique, so each one has its state and its day. */
export const campaignList = defineTrigger({
  key: 'campaign_list',
  noun: 'Campaign',
  display: {
    label: 'List Campaigns',
    description: 'Triggers when the list of campaigns is shown in a dropdown.',
    hidden: true,
  },
  operation: { type: 'polling', canPaginate: true, perform },
});
