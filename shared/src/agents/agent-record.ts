import type { BaseUrl } from '../connection/base-url';
import { callRoute } from './call-route';
import type { Environment } from './environment';
import type { Session } from '../connection/session';
import type { AgentDetails } from './agent-details';
import { variablesOf, type AgentVariable } from './agent-variables';
import type { AgentVersion } from './agent-version';
import { listAgents, type AgentSummary } from './list-agents';
import { readVersions, versionFor } from './read-versions';

/** An agent as both hosts hand it on: the same flat shape from every session. */
export interface AgentRecord {
  /** Dograh's number for it. */
  readonly workflow_id: number;
  readonly agent_uuid: string;
  readonly agent_name: string;
  /** Which version a call would run; null where there is none, so that it cannot be called. */
  readonly agent_version: AgentVersion['status'] | null;
  readonly api_triggers: readonly ApiTrigger[];
  /** What a call may give. */
  readonly variables: readonly AgentVariable[];
  /** What Dograh fills in by itself. */
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

/** Of how many agents the versions are read at once. */
const AT_ONCE = 6;

/**
 * The active agents, by name.
 * @param max how many agents; each needs a request
 * @throws DograhError
 */
export async function readAgentRecords(
  environment: Environment,
  max: number,
  session: Session,
): Promise<readonly AgentRecord[]> {
  const agents = (await listAgents(session)).slice(0, max);
  const records: AgentRecord[] = [];
  for (let start = 0; start < agents.length; start += AT_ONCE) {
    const some = agents.slice(start, start + AT_ONCE);
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
