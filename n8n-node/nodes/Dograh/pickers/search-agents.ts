import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { connect } from '../../host/client';
import { shown } from './shown';

const AGENTS_PER_PAGE = 100;

/** The agents to choose from; those whose name or UUID contains what was typed. */
export async function searchAgents(
  this: ILoadOptionsFunctions,
  typed = '',
  paginationToken = '0',
): Promise<INodeListSearchResult> {
  const agents = await (await connect(this).catch(shown(this))).listAgents().catch(shown(this));
  const wanted = typed.trim().toLowerCase();
  const found = agents.filter(({ name, agentUuid }) =>
    `${name} ${agentUuid}`.toLowerCase().includes(wanted),
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
