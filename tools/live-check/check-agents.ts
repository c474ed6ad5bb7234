import type { DograhClient } from '@dograh/shared';
import type { AgentSummary } from '../../shared/src/agents/list-agents';
import { quote } from '../../shared/src/errors/quote';
import { differs, notTried, works, type Differs, type Finding } from './finding';
import type { Check } from './report';

export function agentsCheck(client: DograhClient): Check<readonly AgentSummary[]> {
  return {
    name: 'agents',
    expected: 'the list of active agents',
    run: async () => {
      const agents = await client.listAgents();
      return works(`Active agents: ${agents.length}.`, agents);
    },
  };
}

/**
 * Reads the variables of one agent.
 * @param wanted the name or the Agent UUID. Undefined: the newest agent
 */
export function variablesCheck(
  client: DograhClient,
  agents: readonly AgentSummary[],
  wanted: string | undefined,
): Check<AgentSummary> {
  return {
    name: 'variables',
    expected: 'the variables of an agent',
    run: async () => {
      const agent = wanted === undefined ? newestOf(agents) : agentNamed(wanted, agents);
      if (agent === undefined) return notTried('There is no active agent.');
      if ('verdict' in agent) return agent;
      return readVariables(client, agent, wanted === undefined ? 'test' : 'production');
    },
  };
}

/** @param environment `production` if the agent may be called. The newest agent may have only a draft */
async function readVariables(
  client: DograhClient,
  found: AgentSummary,
  environment: 'production' | 'test',
): Promise<Finding<AgentSummary>> {
  const { agentUuid, name } = found;
  const reference = { by: 'list', value: agentUuid, name } as const;
  const agent = await client.getAgent(reference, environment);
  const version = agent.agent_version === null ? '' : `, ${agent.agent_version} version`;
  const names = agent.variables.map((variable) => variable.name).join(', ') || 'none';
  return works(`${quote(agent.agent_name)}${version}: ${names}.`, found);
}

function newestOf(agents: readonly AgentSummary[]): AgentSummary | undefined {
  return agents.toSorted((one, other) => other.id - one.id)[0];
}

function agentNamed(
  wanted: string,
  agents: readonly AgentSummary[],
): AgentSummary | Differs<never> {
  const [agent, ...more] = agents.filter(
    ({ name, agentUuid }) =>
      name.trim() === wanted || agentUuid.toLowerCase() === wanted.toLowerCase(),
  );
  const expected = `one active agent with the name or Agent UUID ${quote(wanted)}`;
  if (agent === undefined) return differs(expected, `none of ${agents.length} agents has it.`);
  if (more.length === 0) return agent;
  return differs(expected, `${more.length + 1} agents have it. Give the Agent UUID.`);
}
