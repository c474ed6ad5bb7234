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

/** An agent with what the version that a call would run says and asks for. */
export interface AgentDetails extends VariablesOfAgent {
  readonly agent: AgentSummary;
  readonly version: AgentVersion;
  /** Others that it may be as well; none unless it was looked for by an API Trigger. */
  readonly otherAgents: readonly AgentSummary[];
}

/** @throws NotFoundError where there is no such agent, or no version to run; DograhError */
export async function readAgentDetails(
  target: TriggerTarget,
  environment: Environment,
  session: Session,
): Promise<AgentDetails> {
  const found = await findAgent(target, environment, session);
  const { agent, versions, otherAgents } = found;
  const version = versionFor(environment, versions);
  if (version === undefined) throw neverPublished(agent);
  return { agent, version, otherAgents, ...variablesOf(version, environment) };
}

function neverPublished({ name }: AgentSummary): NotFoundError {
  return new NotFoundError({
    message: `The agent ${quote(name)} was never published.`,
    hint: 'Publish it in the Dograh dashboard, or call its latest draft (Test).',
  });
}
