import { NotFoundError } from '../errors/dograh-error';
import { quote } from '../errors/quote';
import { readPageOfRuns } from '../runs/list-runs';
import { nameOfAgent } from './agent-name';
import type { Environment } from './environment';
import type { TriggerTarget } from './agent-reference';
import type { Session } from '../connection/session';
import type { AgentVersion } from './agent-version';
import { listAgents, type AgentSummary } from './list-agents';
import { readVersions, versionFor } from './read-versions';

/** Maximum number of agents whose API Triggers are read, in all and at the same time. */
const MAX_AGENTS = 60;
const MAX_AT_ONCE = 6;

export interface FoundAgent {
  readonly agent: AgentSummary;
  /** Newest first. */
  readonly versions: readonly AgentVersion[];
  /** Other agents whose version to run has the same API Trigger. Dograh may call one of them. */
  readonly otherAgents: readonly AgentSummary[];
}

type ReadAgent = Omit<FoundAgent, 'otherAgents'>;

/**
 * The agent that a call to this target would run. The list of agents contains the Agent UUID, but Dograh has no
 * list of API Triggers. So the client first checks the agent of the newest run that the API Trigger started, and then
 * all agents. If no version to run has the API Trigger, the result is an agent that has it in another version, for
 * example in an unpublished draft.
 * @throws NotFoundError if there is no such active agent in the key's organization; DograhError
 */
export async function findAgent(
  target: TriggerTarget,
  environment: Environment,
  session: Session,
): Promise<FoundAgent> {
  const agents = await listAgents(session);
  if (target.kind === 'agent') {
    const agent = agents.find(({ agentUuid }) => agentUuid.toLowerCase() === target.agentUuid);
    if (agent === undefined) throw noAgentError(target, session);
    return { agent, versions: await readVersions(agent, session), otherAgents: [] };
  }
  const { trigger } = target;
  const likely = await agentOfNewestRun(trigger, session);
  const hasTrigger = ({ versions }: ReadAgent): boolean =>
    versionFor(environment, versions)?.triggers.includes(trigger) === true;
  const read = await readUntilLikely(agents, likely, hasTrigger, session);
  const [found, ...otherAgents] = read.filter(hasTrigger);
  if (found !== undefined) return { ...found, otherAgents: otherAgents.map(({ agent }) => agent) };
  const hasReadAll = read.length === agents.length;
  const elsewhere = read
    .filter(({ agent }) => hasReadAll || agent.id === likely)
    .find(({ versions }) => versions.some(({ triggers }) => triggers.includes(trigger)));
  if (elsewhere !== undefined) return { ...elsewhere, otherAgents: [] };
  throw noTriggerError(trigger, hasReadAll);
}

async function agentOfNewestRun(trigger: string, session: Session): Promise<number | null> {
  const { runs } = await readPageOfRuns({ filters: [] }, 1, session);
  const run = runs.find(({ initialContext }) => initialContext?.['agent_identifier'] === trigger);
  return run?.workflowId ?? null;
}

/** The likely agent and, if it is the wrong one, the others. */
async function readUntilLikely(
  agents: readonly AgentSummary[],
  likely: number | null,
  isIt: (read: ReadAgent) => boolean,
  session: Session,
): Promise<readonly ReadAgent[]> {
  const read = (some: readonly AgentSummary[]): Promise<ReadAgent[]> =>
    Promise.all(
      some.map(async (agent) => ({
        agent,
        versions: await readVersions(agent, session),
      })),
    );
  const all = await read(agents.filter(({ id }) => id === likely));
  if (all.some(isIt)) return all;
  const others = agents.filter(({ id }) => id !== likely).slice(0, MAX_AGENTS - all.length);
  for (let start = 0; start < others.length; start += MAX_AT_ONCE) {
    all.push(...(await read(others.slice(start, start + MAX_AT_ONCE))));
  }
  return all;
}

function noTriggerError(trigger: string, hasReadAll: boolean): NotFoundError {
  return new NotFoundError({
    message: hasReadAll
      ? `No active agent has the API Trigger ${quote(trigger)}.`
      : `None of the first ${MAX_AGENTS} agents has the API Trigger ${quote(trigger)}, and there are more agents.`,
    hint: 'Choose the agent from the list, or enter its Agent UUID.',
  });
}

function noAgentError(
  { agentUuid, inList }: Extract<TriggerTarget, { kind: 'agent' }>,
  session: Session,
): NotFoundError {
  const name = nameOfAgent(agentUuid, inList?.name, session);
  const cause = 'Archived agents and agents of another organization cannot be called.';
  return new NotFoundError({
    message:
      name === undefined
        ? `No active agent has the Agent UUID ${agentUuid}.`
        : `Dograh does not list the agent ${quote(name)} as active.`,
    hint:
      inList === undefined
        ? `Choose the agent from the list. An API Trigger ID is not an Agent UUID. ${cause}`
        : `Choose the agent from the list again. A new agent with the same name is another agent. ${cause}`,
  });
}
