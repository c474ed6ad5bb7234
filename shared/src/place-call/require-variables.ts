import type { AgentDetails } from '../agents/agent-details';
import { variablesOf, type AgentVariable, type VariablesOfAgent } from '../agents/agent-variables';
import type { AgentVersion } from '../agents/agent-version';
import { greetingIn } from '../variables/greeting';
import type { JsonObject } from '../variables/json-value';
import { isBlank } from '../input/blank';
import { quote } from '../errors/quote';
import { inputError } from '../errors/input-error';
import type { Environment } from '../agents/environment';
import { valueAt } from '../variables/template/render';
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

/** As the grammar sees it, and so what a fallback stands for: an empty text is no value. */
export function isMissing({ name }: AgentVariable, context: JsonObject): boolean {
  const value = valueAt(name, context);
  return value === null || value === '';
}

/** As whoever listens to the agent sees it: nothing but spaces is no value either. */
export function leavesGap(variable: AgentVariable, context: JsonObject): boolean {
  return variable.required && isBlank(valueAt(variable.name, context));
}

/**
 * @throws InvalidInputError that names the variables that leave a gap in what the agent says, or says why it cannot
 * be known which ones
 */
export function assertNoMissingVariables(details: AgentDetails, call: CallRequest): void {
  assertAgentIsCertain(details, call);
  const { agent, version } = details;
  const context = withDefaults(call.initialContext, version, call.environment);
  const { variables } = variablesAsked(version, call.initialContext);
  const missing = variables.filter((one) => leavesGap(one, context));
  if (missing.length === 0) return;
  const [verb, noun] = missing.length === 1 ? ['is', 'variable'] : ['are', 'variables'];
  const names = missing.map(({ name }) => quote(name)).join(', ');
  throw inputError(
    `The ${noun} ${names} ${verb} missing or empty, and the agent ${quote(agent.name)} has no fallback there.`,
    'Nobody was called. Give a value, write a fallback into the prompt, as in {{name | friend}}, or turn Require Variables off.',
  );
}

/** Another agent than the one that was read may be called, with variables of its own. */
function assertAgentIsCertain(details: AgentDetails, { target }: CallRequest): void {
  if (target.kind !== 'trigger') return;
  const { agent, version, otherAgents } = details;
  const trigger = quote(target.trigger);
  if (!version.triggers.includes(target.trigger)) {
    throw inputError(
      `The variables cannot be checked: the API Trigger ${trigger} is not in the ${version.status} version of the agent ${quote(agent.name)}, only in another one.`,
      'Nobody was called. Put the API Trigger into the version that is to run, or choose the agent from the list or by its Agent UUID.',
    );
  }
  if (otherAgents.length > 0) {
    throw inputError(
      `The variables cannot be checked: the agents ${namesOf(details)} have the API Trigger ${trigger}, and Dograh calls with one of them.`,
      'Nobody was called. Choose the agent from the list or by its Agent UUID, or leave the API Trigger in one agent only.',
    );
  }
}

/** Of all that it may be. */
export function namesOf({ agent, otherAgents }: AgentDetails): string {
  return [agent, ...otherAgents].map(({ name }) => quote(name)).join(' and ');
}
