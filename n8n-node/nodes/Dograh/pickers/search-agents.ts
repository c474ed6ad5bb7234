import { cleanText } from '@dograh/shared';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { loadList } from '../../host/load-list';
import { listPage } from '../../list-page';

/** The agents whose name or UUID contains the typed text. */
export async function searchAgents(
  this: ILoadOptionsFunctions,
  typed = '',
  paginationToken = '0',
): Promise<INodeListSearchResult> {
  const agents = await loadList(this, (client) => client.listAgents());
  const wanted = cleanText(typed).toLowerCase();
  const found = agents.filter(({ name, agentUuid }) =>
    cleanText(`${name} ${agentUuid}`).toLowerCase().includes(wanted),
  );
  const { shown, next } = listPage(found, paginationToken);
  return {
    results: shown.map(({ name, agentUuid, url }) => ({
      name,
      value: agentUuid,
      ...(url === null ? {} : { url }),
    })),
    ...next,
  };
}
