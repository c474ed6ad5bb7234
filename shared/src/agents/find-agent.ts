import { NotFoundError } from '../errors/dograh-error';
import { quote } from '../errors/quote';
import { readPageOfRuns } from '../runs/list-runs';
import type { Environment } from './environment';
import type { TriggerTarget } from './agent-reference';
import type { Session } from '../connection/session';
import type { AgentVersion } from './agent-version';
import { listAgents, type AgentSummary } from './list-agents';
import { readVersions, versionFor } from './read-versions';

/** Of how many agents the API Triggers are read, at most, and of how many at once. */
const MAX_AGENTS = 60;
const AT_ONCE = 6;

export interface FoundAgent {
  readonly agent: AgentSummary;
  /** The newest first. */
  readonly versions: readonly AgentVersion[];
  /** Others that have the API Trigger as well in the version that would run: which one Dograh calls is not known. */
  readonly otherAgents: readonly AgentSummary[];
}

type ReadAgent = Omit<FoundAgent, 'otherAgents'>;

/**
 * The agent that a call to this target would run. By its UUID it is in the list of agents. Nothing in Dograh leads
 * from an API Trigger to its agent; so the newest runs are looked through for one that it started, and where that
 * agent does not have it any more in the version that would run, all agents are. Where none has it there, it is one
 * that has it in another version, as in a draft that is yet to be published.
 * @throws NotFoundError where no active agent of the key's organization is it; DograhError
 */
export async function findAgent(
  target: TriggerTarget,
  environment: Environment,
  session: Session,
): Promise<FoundAgent> {
  const agents = await listAgents(session);
  if (target.kind === 'agent') {
    const agent = agents.find(({ agentUuid }) => agentUuid.toLowerCase() === target.agentUuid);
    if (agent === undefined) throw noAgent(target.agentUuid);
    return { agent, versions: await readVersions(agent, session), otherAgents: [] };
  }
  const { trigger } = target;
  const likely = await agentOfNewestRun(trigger, session);
  const isInVersionThatRuns = ({ versions }: ReadAgent): boolean =>
    versionFor(environment, versions)?.triggers.includes(trigger) === true;
  const read = await readUntilLikely(agents, likely, isInVersionThatRuns, session);
  const [found, ...otherAgents] = read.filter(isInVersionThatRuns);
  if (found !== undefined) return { ...found, otherAgents: otherAgents.map(({ agent }) => agent) };
  const isWhole = read.length === agents.length;
  const elsewhere = read
    .filter(({ agent }) => isWhole || agent.id === likely)
    .find(({ versions }) => versions.some(({ triggers }) => triggers.includes(trigger)));
  if (elsewhere !== undefined) return { ...elsewhere, otherAgents: [] };
  throw noAgentWithTrigger(trigger, isWhole);
}

async function agentOfNewestRun(trigger: string, session: Session): Promise<number | null> {
  const { runs } = await readPageOfRuns({ filters: [] }, 1, session);
  const run = runs.find(({ initialContext }) => initialContext?.['agent_identifier'] === trigger);
  return run?.workflowId ?? null;
}

/** The likely one with its versions, and unless it is the one, so many others. */
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
  for (let start = 0; start < others.length; start += AT_ONCE) {
    all.push(...(await read(others.slice(start, start + AT_ONCE))));
  }
  return all;
}

function noAgentWithTrigger(trigger: string, isWhole: boolean): NotFoundError {
  return new NotFoundError({
    message: isWhole
      ? `No active agent has the API Trigger ${quote(trigger)}.`
      : `The agent of the API Trigger ${quote(trigger)} was not found among ${MAX_AGENTS} agents, and there are more.`,
    hint: 'Choose the agent from the list, or give its Agent UUID.',
  });
}

function noAgent(agentUuid: string): NotFoundError {
  return new NotFoundError({
    message: `No active agent has the Agent UUID ${agentUuid}.`,
    hint: 'Choose the agent from the list. An API Trigger ID is not an Agent UUID; agents of another organization, and archived ones, cannot be called.',
  });
}
