import type { AgentDetails } from '../agents/agent-details';
import { variablesOf, type AgentVariable, type VariablesOfAgent } from '../agents/agent-variables';
import type { AgentVersion } from '../agents/agent-version';
import { greetingIn } from '../context/greeting-override';
import type { JsonObject } from '../context/json-value';
import { quote } from '../errors/quote';
import { refuse } from '../errors/refuse';
import type { Environment } from '../target/environment';
import { valueAt } from '../template/render';
import type { CallRequest } from './call-input';

/** What the texts of this call ask for, whoever gives it. */
export function variablesAsked(version: AgentVersion, context: JsonObject): VariablesOfAgent {
  return variablesOf(version, 'production', greetingIn(context));
}

/** In a test call, Dograh puts the agent's own defaults under what the call gives, name by name. */
export function withDefaults(
  context: JsonObject,
  { defaults }: AgentVersion,
  environment: Environment,
): JsonObject {
  return environment === 'test' ? { ...defaults, ...context } : context;
}

/** As the grammar sees it: an empty text is no value. */
export function isMissing({ name }: AgentVariable, context: JsonObject): boolean {
  const value = valueAt(name, context);
  return value === null || value === '';
}

/** @throws InvalidInputError that names the variables that leave a gap in what the agent says */
export function refuseMissingVariables(
  { agent, version }: AgentDetails,
  { environment, initialContext }: CallRequest,
): void {
  const context = withDefaults(initialContext, version, environment);
  const { variables } = variablesAsked(version, initialContext);
  const missing = variables.filter((one) => one.required && isMissing(one, context));
  if (missing.length === 0) return;
  const [verb, noun] = missing.length === 1 ? ['is', 'variable'] : ['are', 'variables'];
  const names = missing.map(({ name }) => quote(name)).join(', ');
  throw refuse(
    `The ${noun} ${names} ${verb} missing or empty, and the agent ${quote(agent.name)} has no fallback there.`,
    'Nobody was called. Give a value, write a fallback into the prompt, as in {{name | friend}}, or turn Require Variables off.',
  );
}
