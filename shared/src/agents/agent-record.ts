import type { BaseUrl } from '../connection/base-url';
import { callRoute } from './call-route';
import type { Environment } from './environment';
import type { Session } from '../connection/session';
import type { AgentDetails } from './agent-details';
import { variablesOf, type AgentVariable } from './agent-variables';
import type { AgentVersion } from './agent-version';
import { listAgents, type AgentSummary } from './list-agents';
import { readVersions, versionFor } from './read-versions';

/** An agent in the flat shape that both hosts return. */
export interface AgentRecord {
  /** Dograh's number of the agent. */
  readonly workflow_id: number;
  readonly agent_uuid: string;
  readonly agent_name: string;
  /** The version that a call would run. Null if there is none; then the agent cannot be called. */
  readonly agent_version: AgentVersion['status'] | null;
  readonly api_triggers: readonly ApiTrigger[];
  /** The variables that a call can fill. */
  readonly variables: readonly AgentVariable[];
  /** The variables that Dograh fills. */
  readonly set_by_dograh: readonly string[];
  /** The agent in the Dograh dashboard. */
  readonly agent_url: string | null;
}

export interface ApiTrigger {
  readonly trigger_id: string;
  readonly production_url: string;
  readonly test_url: string;
}

export function agentRecord(
  { agent, version, variables, setByDograh }: Omit<AgentDetails, 'otherAgents'>,
  baseUrl: BaseUrl,
): AgentRecord {
  return {
    ...nameOf(agent),
    agent_version: version.status,
    api_triggers: version.triggers.map((trigger) => ({
      trigger_id: trigger,
      production_url: baseUrl.resolve(callRoute({ kind: 'trigger', trigger }, 'production')),
      test_url: baseUrl.resolve(callRoute({ kind: 'trigger', trigger }, 'test')),
    })),
    variables,
    set_by_dograh: setByDograh,
    agent_url: agent.url,
  };
}

/** Maximum number of agents whose versions are read at the same time. */
const MAX_AT_ONCE = 6;

/**
 * The active agents, sorted by name.
 * @param max maximum number of agents. Each needs a request.
 * @throws DograhError
 */
export async function readAgentRecords(
  environment: Environment,
  max: number,
  session: Session,
): Promise<readonly AgentRecord[]> {
  const agents = (await listAgents(session)).slice(0, max);
  const records: AgentRecord[] = [];
  for (let start = 0; start < agents.length; start += MAX_AT_ONCE) {
    const some = agents.slice(start, start + MAX_AT_ONCE);
    const read = some.map((agent) => readRecord(agent, environment, session));
    records.push(...(await Promise.all(read)));
  }
  return records;
}

async function readRecord(
  agent: AgentSummary,
  environment: Environment,
  session: Session,
): Promise<AgentRecord> {
  const versions = await readVersions(agent, session);
  const version = versionFor(environment, versions);
  if (version === undefined) return withoutVersion(agent);
  return agentRecord({ agent, version, ...variablesOf(version, environment) }, session.baseUrl);
}

function withoutVersion(agent: AgentSummary): AgentRecord {
  return {
    ...nameOf(agent),
    agent_version: null,
    api_triggers: [],
    variables: [],
    set_by_dograh: [],
    agent_url: agent.url,
  };
}

function nameOf({ id, agentUuid, name }: AgentSummary) {
  return { workflow_id: id, agent_uuid: agentUuid, agent_name: name };
}
