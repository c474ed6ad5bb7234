import { NotFoundError } from '../errors/dograh-error';
import { quote } from '../errors/quote';
import type { Environment } from './environment';
import type { TriggerTarget } from './agent-reference';
import type { Session } from '../connection/session';
import type { AgentVersion } from './agent-version';
import { variablesOf, type VariablesOfAgent } from './agent-variables';
import { findAgent } from './find-agent';
import type { AgentSummary } from './list-agents';
import { versionFor } from './read-versions';

/** An agent with the version that a call would run, and the variables of that version. */
export interface AgentDetails extends VariablesOfAgent {
  readonly agent: AgentSummary;
  readonly version: AgentVersion;
  /** Other agents with the same API Trigger. Dograh may call one of them. */
  readonly otherAgents: readonly AgentSummary[];
}

/** @throws NotFoundError if there is no such agent, or no version to run; DograhError */
export async function readAgentDetails(
  target: TriggerTarget,
  environment: Environment,
  session: Session,
): Promise<AgentDetails> {
  const found = await findAgent(target, environment, session);
  const { agent, versions, otherAgents } = found;
  const version = versionFor(environment, versions);
  if (version === undefined) throw notPublishedError(agent, versions);
  return { agent, version, otherAgents, ...variablesOf(version, environment) };
}

function notPublishedError(
  { name }: AgentSummary,
  versions: readonly AgentVersion[],
): NotFoundError {
  const wasPublished = versions.some(({ status }) => status === 'archived');
  return new NotFoundError({
    message: `The agent ${quote(name)} ${wasPublished ? 'has no published version' : 'was never published'}.`,
    hint: 'Dograh cannot call with it. Publish it in the Dograh dashboard, or choose Latest Draft (Test).',
  });
}
