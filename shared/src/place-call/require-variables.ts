import type { AgentDetails } from '../agents/agent-details';
import { variablesOf, type AgentVariable, type VariablesOfAgent } from '../agents/agent-variables';
import type { AgentVersion } from '../agents/agent-version';
import { greetingIn } from '../variables/greeting';
import type { JsonObject } from '../variables/json-value';
import { isBlank } from '../input/blank';
import { quote } from '../errors/quote';
import { inputError } from '../errors/input-error';
import type { InvalidInputError } from '../errors/dograh-error';
import type { Environment } from '../agents/environment';
import { pathsIn } from '../variables/paths';
import { similarNames } from '../variables/similar-names';
import { valueAt } from '../variables/template/render';
import type { CallRequest } from './call-input';

/** The variables in the texts of this call. The agent's defaults do not count as values. */
export function variablesOfCall(version: AgentVersion, context: JsonObject): VariablesOfAgent {
  return variablesOf(version, 'production', greetingIn(context));
}

/** In a test call, Dograh uses the agent's defaults for variables that the call does not contain. */
export function withDefaults(
  context: JsonObject,
  { defaults }: AgentVersion,
  environment: Environment,
): JsonObject {
  return environment === 'test' ? { ...defaults, ...context } : context;
}

/** Whether Dograh uses the fallback: empty text is not a value. */
export function isMissing({ name }: AgentVariable, context: JsonObject): boolean {
  const value = valueAt(name, context);
  return value === null || value === '';
}

/** Whether a listener hears a gap: text of spaces is not a value either. */
export function leavesGap(variable: AgentVariable, context: JsonObject): boolean {
  return variable.required && isBlank(valueAt(variable.name, context));
}

/**
 * Checks the variables of a call.
 * @returns a remark about those that are missing, and that Dograh may fetch before the call
 * @throws InvalidInputError with the missing variables that leave a gap in the agent's texts
 */
export function checkVariables({ agent, version }: AgentDetails, call: CallRequest): string[] {
  const context = withDefaults(call.initialContext, version, call.environment);
  const { variables } = variablesOfCall(version, call.initialContext);
  const missing = variables.filter((one) => leavesGap(one, context)).map(({ name }) => name);
  if (missing.length > 0) throw missingError(missing, agent, call);
  const fetched = variables.filter((one) => one.may_be_fetched && isMissing(one, context));
  if (fetched.length === 0) return [];
  const names = fetched.map(({ name }) => quote(name)).join(', ');
  return [
    `Not required, because they may be fetched before the call (Pre-Call Data Fetch of the agent): ${names}.`,
  ];
}

function missingError(
  missing: readonly string[],
  agent: AgentDetails['agent'],
  call: CallRequest,
): InvalidInputError {
  const [verb, noun] = missing.length === 1 ? ['is', 'variable'] : ['are', 'variables'];
  const causes = [...call.notes, ...similarNames(missing, pathsIn(call.initialContext))];
  const hint =
    'The call was not placed. Enter a value, add a fallback to the prompt, as in {{name | friend}}, or turn off Require Variables.';
  return inputError(
    `The ${noun} ${missing.map(quote).join(', ')} ${verb} missing or empty, and the agent ${quote(agent.name)} has no fallback.`,
    [...causes, hint].join(' '),
  );
}

/**
 * Why the agent that was read may not be the one that Dograh runs, with other variables. Undefined if it certainly is.
 */
export function uncertaintyOf(
  details: AgentDetails,
  { target }: CallRequest,
): InvalidInputError | undefined {
  if (target.kind !== 'trigger') return undefined;
  const { agent, version, otherAgents } = details;
  const trigger = quote(target.trigger);
  if (!version.triggers.includes(target.trigger)) {
    return inputError(
      `The API Trigger ${trigger} is not in the ${version.status} version of the agent ${quote(agent.name)}, only in another one.`,
      'Add the API Trigger to the version that will run, or choose the agent from the list or by its Agent UUID.',
    );
  }
  if (otherAgents.length > 0) {
    return inputError(
      `The agents ${agentNames(details)} have the API Trigger ${trigger}, and Dograh runs one of them.`,
      'Choose the agent from the list or by its Agent UUID, or keep the API Trigger in one agent only.',
    );
  }
  return undefined;
}

/** The names of all agents that Dograh may run. */
export function agentNames({ agent, otherAgents }: AgentDetails): string {
  return [agent, ...otherAgents].map(({ name }) => quote(name)).join(' and ');
}
