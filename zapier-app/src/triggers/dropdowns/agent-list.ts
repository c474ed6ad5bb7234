import { defineTrigger, type Bundle, type ZObject } from 'zapier-platform-core';
import { dograhClient } from '../../host/client';
import { inEditor } from '../../host/errors';
import { MAX_REQUEST_MS } from '../../host/time-limits';
import { onPage } from './on-page';

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
  return onPage(agents, bundle).map(({ name, agentUuid }) => ({
    id: agentUuid,
    agent_uuid: agentUuid,
    agent_name: name,
  }));
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
