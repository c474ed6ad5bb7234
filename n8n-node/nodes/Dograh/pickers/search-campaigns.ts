import { cleanText } from '@dograh/shared';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { loadList } from '../../host/load-list';
import { listPage } from '../../list-page';

/** The campaigns whose name or ID contains the typed text, newest first. */
export async function searchCampaigns(
  this: ILoadOptionsFunctions,
  typed = '',
  paginationToken = '0',
): Promise<INodeListSearchResult> {
  const campaigns = await loadList(this, (client) => client.listCampaignChoices());
  const wanted = cleanText(typed).toLowerCase();
  const found = campaigns.filter(({ id, label }) =>
    cleanText(`${label} ${id}`).toLowerCase().includes(wanted),
  );
  const { shown, next } = listPage(found, paginationToken);
  return { results: shown.map(({ id, label }) => ({ name: label, value: id })), ...next };
}
