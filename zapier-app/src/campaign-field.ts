import { defineInputFields } from 'zapier-platform-core';

/** The campaign of a step that changes one. */
export function campaignFields(helpText: string) {
  return defineInputFields([
    {
      key: 'campaign',
      label: 'Campaign',
      type: 'string',
      required: true,
      dynamic: 'campaign_list.id.name',
      search: 'find_campaign.id',
      helpText,
    },
  ]);
}
