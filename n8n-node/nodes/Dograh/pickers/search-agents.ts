import { cleanText } from '@dograh/shared';
import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { loadList } from '../../host/load-list';

const AGENTS_PER_PAGE = 100;

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
  const start = Number(paginationToken);
  const end = start + AGENTS_PER_PAGE;
  return {
    results: found.slice(start, end).map(({ name, agentUuid, url }) => ({
      name,
      value: agentUuid,
      ...(url === null ? {} : { url }),
    })),
    ...(end < found.length ? { paginationToken: String(end) } : {}),
  };
}
