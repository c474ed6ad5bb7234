import type { AgentDetails } from '../agents/agent-details';
import { variablesOf } from '../agents/agent-variables';
import { DograhError } from '../errors/dograh-error';
import { greetingIn } from '../variables/greeting';
import { placeholdersIn } from '../variables/template/placeholder';
import { variableName } from '../variables/template/render';
import type { NamesOfAgent } from '../variables/form-fields';
import type { CallRequest } from './call-input';
import { checkVariables, uncertaintyOf } from './require-variables';

/** Whether the agent has to be read before the call. */
export function needsAgent({ variableCheck, fields }: CallRequest): boolean {
  return variableCheck !== 'off' || fields !== undefined;
}

/** Whether the call is refused if the agent cannot be read. */
export function failsWithoutAgent({ variableCheck, fields }: CallRequest): boolean {
  return variableCheck === 'required' || fields?.needNames === true;
}

/**
 * The call as it is sent to the agent that Dograh runs: without values of fields that this agent does not have, and
 * only if no variable is missing. If the agent is not known, the result depends on {@link VariableCheck}.
 * @param found the agent, or the error if it could not be read
 * @throws DograhError if the call must not be placed
 */
export function checkedCall(call: CallRequest, found: AgentDetails | DograhError): CallRequest {
  const doubt = found instanceof DograhError ? found : uncertaintyOf(found, call);
  if (doubt !== undefined && call.variableCheck === 'required') {
    throw doubt.within(
      "The agent's variables could not be checked",
      'The call was not placed. To call without this check, turn off Require Variables.',
    );
  }
  const fitted = fitToAgent(call, found);
  if (doubt !== undefined) return withNote(fitted, uncheckedNote(call, doubt));
  if (found instanceof DograhError || call.variableCheck === 'off') return fitted;
  return checkVariables(found, fitted).reduce(withNote, fitted);
}

/**
 * The call without values of fields that the agent does not have. If it is not certain which agent Dograh runs, the
 * names in the form decide.
 * @throws DograhError if the agent could not be read, and nothing else knows the names
 */
export function fitToAgent(call: CallRequest, found: AgentDetails | DograhError): CallRequest {
  const { fields } = call;
  if (fields === undefined) return call;
  if (found instanceof DograhError) {
    if (!fields.needNames) return call;
    throw found.within("The agent's variables could not be read", 'The call was not placed.');
  }
  const isCertain = uncertaintyOf(found, call) === undefined;
  return isCertain || fields.needNames ? fields.fitTo(namesOf(found, call)) : call;
}

function namesOf(
  { version }: AgentDetails,
  { environment, initialContext }: CallRequest,
): NamesOfAgent {
  const { variables } = variablesOf(version, environment, greetingIn(initialContext));
  const paths = version.texts.flatMap(({ text }) => placeholdersIn(text)).map(({ path }) => path);
  const names = variables.map(({ name }) => name);
  return { variables: names, used: [...names, ...paths.map(variableName)] };
}

function withNote(call: CallRequest, note: string): CallRequest {
  return { ...call, notes: [...call.notes, note] };
}

function uncheckedNote({ variableCheck }: CallRequest, { message }: DograhError): string {
  const advice =
    variableCheck === 'off'
      ? ''
      : ' To refuse such a call, turn on Require Variables. To call without the check, turn it off.';
  return `The variables were not checked before the call. ${message}${advice}`;
}
