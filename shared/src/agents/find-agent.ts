import type { BaseUrl } from '../connection/base-url';
import type { Dashboard } from '../connection/dashboard';
import { NotFoundError } from '../errors/dograh-error';
import { quote } from '../errors/quote';
import { readPageOfRuns } from '../runs/list-runs';
import type { TriggerTarget } from '../target/trigger-target';
import type { Operation } from '../transport/operation';
import type { AgentVersion } from './agent-version';
import { listAgents, type AgentSummary } from './list-agents';
import { readVersions } from './read-versions';

/** Of how many agents the API Triggers are read, at most, and of how many at once. */
const MOST_AGENTS = 60;
const AT_ONCE = 6;

export interface FoundAgent {
  readonly agent: AgentSummary;
  /** The newest first. */
  readonly versions: readonly AgentVersion[];
}

/**
 * The agent that a call to this target would run. By its UUID it is in the list of agents. Nothing in Dograh leads
 * from an API Trigger to its agent; so the newest runs are looked through for one that it started, and then the
 * agents, one after the other.
 * @throws NotFoundError where no active agent of the key's organization is it; DograhError
 */
export async function findAgent(
  target: TriggerTarget,
  baseUrl: BaseUrl,
  dashboard: Dashboard,
  operation: Operation,
): Promise<FoundAgent> {
  const agents = await listAgents(baseUrl, dashboard, operation);
  if (target.kind === 'agent') {
    const agent = agents.find(({ agentUuid }) => agentUuid.toLowerCase() === target.agentUuid);
    if (agent === undefined) throw noAgent(target.agentUuid);
    return { agent, versions: await readVersions(agent, baseUrl, operation) };
  }
  const likely = await agentOfNewestRun(target.trigger, baseUrl, operation);
  const inOrder = [...agents].sort((one, other) => rank(one, likely) - rank(other, likely));
  return agentWithTrigger(target.trigger, inOrder, baseUrl, operation);
}

function rank({ id }: AgentSummary, likely: number | null): number {
  return id === likely ? 0 : 1;
}

async function agentOfNewestRun(
  trigger: string,
  baseUrl: BaseUrl,
  operation: Operation,
): Promise<number | null> {
  const { runs } = await readPageOfRuns({ filters: [] }, 1, baseUrl, operation);
  const run = runs.find(({ initialContext }) => initialContext?.['agent_identifier'] === trigger);
  return run?.workflowId ?? null;
}

async function agentWithTrigger(
  trigger: string,
  agents: readonly AgentSummary[],
  baseUrl: BaseUrl,
  operation: Operation,
): Promise<FoundAgent> {
  const looked = agents.slice(0, MOST_AGENTS);
  // The first by itself: it is the likely one.
  for (let start = 0; start < looked.length; start += start === 0 ? 1 : AT_ONCE) {
    const some = looked.slice(start, start === 0 ? 1 : start + AT_ONCE);
    const found = await Promise.all(
      some.map(async (agent) => ({
        agent,
        versions: await readVersions(agent, baseUrl, operation),
      })),
    );
    const match = found.find(({ versions }) =>
      versions.some(({ triggers }) => triggers.includes(trigger)),
    );
    if (match !== undefined) return match;
  }
  throw new NotFoundError({
    message:
      looked.length < agents.length
        ? `The agent of the API Trigger ${quote(trigger)} was not found among ${MOST_AGENTS} agents, and there are more.`
        : `No active agent has the API Trigger ${quote(trigger)}.`,
    hint: 'Choose the agent from the list, or give its Agent UUID.',
  });
}

function noAgent(agentUuid: string): NotFoundError {
  return new NotFoundError({
    message: `No active agent has the Agent UUID ${agentUuid}.`,
    hint: 'Choose the agent from the list. An API Trigger ID is not an Agent UUID; agents of another organization, and archived ones, cannot be called.',
  });
}
