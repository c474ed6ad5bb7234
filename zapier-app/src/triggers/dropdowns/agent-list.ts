import { defineTrigger, type Bundle, type ZObject } from 'zapier-platform-core';
import { dograhClient } from '../../host/client';
import { inForm } from '../../host/errors';
import { MAX_REQUEST_MS } from '../../host/time-limits';

const AGENTS_PER_PAGE = 100;

interface ListedAgent {
  readonly id: string;
  readonly agent_uuid: string;
  readonly agent_name: string;
}

/** Dograh gives all agents at once; Zapier shows them page by page. */
async function perform(z: ZObject, bundle: Bundle): Promise<ListedAgent[]> {
  const agents = await inForm(z, async () =>
    dograhClient(z, bundle, MAX_REQUEST_MS.fillForm).listAgents(),
  );
  const start = pageOf(bundle) * AGENTS_PER_PAGE;
  return agents.slice(start, start + AGENTS_PER_PAGE).map(({ name, agentUuid }) => ({
    id: agentUuid,
    agent_uuid: agentUuid,
    agent_name: name,
  }));
}

/** Zapier counts from 0; its tools for developers leave it out. */
function pageOf({ meta }: { readonly meta?: Partial<Bundle['meta']> }): number {
  return meta?.page ?? 0;
}

/** The agents to choose from. */
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
