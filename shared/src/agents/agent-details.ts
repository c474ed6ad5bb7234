import type { BaseUrl } from '../connection/base-url';
import type { Dashboard } from '../connection/dashboard';
import { NotFoundError } from '../errors/dograh-error';
import { quote } from '../errors/quote';
import type { Environment } from '../target/environment';
import type { TriggerTarget } from '../target/trigger-target';
import type { Operation } from '../transport/operation';
import type { AgentVersion } from './agent-version';
import { variablesOf, type VariablesOfAgent } from './agent-variables';
import { findAgent } from './find-agent';
import type { AgentSummary } from './list-agents';
import { versionFor } from './read-versions';

/** An agent with what the version that a call would run says and asks for. */
export interface AgentDetails extends VariablesOfAgent {
  readonly agent: AgentSummary;
  readonly version: AgentVersion;
}

/** @throws NotFoundError where there is no such agent, or no version to run; DograhError */
export async function readAgentDetails(
  target: TriggerTarget,
  environment: Environment,
  baseUrl: BaseUrl,
  dashboard: Dashboard,
  operation: Operation,
): Promise<AgentDetails> {
  const { agent, versions } = await findAgent(target, baseUrl, dashboard, operation);
  const version = versionFor(environment, versions);
  if (version === undefined) throw neverPublished(agent);
  return { agent, version, ...variablesOf(version, environment) };
}

function neverPublished({ name }: AgentSummary): NotFoundError {
  return new NotFoundError({
    message: `The agent ${quote(name)} was never published.`,
    hint: 'Publish it in the Dograh dashboard, or call its latest draft (Test).',
  });
}
