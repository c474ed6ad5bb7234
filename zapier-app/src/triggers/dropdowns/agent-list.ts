import { defineTrigger, type Bundle, type ZObject } from 'zapier-platform-core';
import { dograhClient } from '../../host/client';
import { inEditor } from '../../host/errors';
import { MAX_REQUEST_MS } from '../../host/time-limits';

const AGENTS_PER_PAGE = 100;

interface ListedAgent {
  readonly id: string;
  readonly agent_uuid: string;
  readonly agent_name: string;
}

/** Dograh returns all agents in one response, but Zapier shows them in pages. */
async function perform(z: ZObject, bundle: Bundle): Promise<ListedAgent[]> {
  const agents = await inEditor(z, async () =>
    dograhClient(z, bundle, MAX_REQUEST_MS.fillForm).listAgents(),
  );
  const start = pageOf(bundle) * AGENTS_PER_PAGE;
  return agents.slice(start, start + AGENTS_PER_PAGE).map(({ name, agentUuid }) => ({
    id: agentUuid,
    agent_uuid: agentUuid,
    agent_name: name,
  }));
}

/** Zapier counts pages from 0. Its command line may leave the page out. */
function pageOf({ meta }: { readonly meta?: Partial<Bundle['meta']> }): number {
  return meta?.page ?? 0;
}

export const agentList = defineTrigger({
  key: 'agent_list',
  noun: 'Agent',
  display: {
    label: 'List Agents',
    description: 'Triggers when the list of agents is shown in a dropdown.',
    hidden: true,
  },
  operation: { type: 'polling', canPaginate: true, perform },
});
