import { DograhError, isBlank, whyVariablesAreUnknown, type AgentVariable } from '@dograh/shared';
import type { Bundle, PlainInputField, ZObject } from 'zapier-platform-core';
import { dograhClient } from '../host/client';
import { inEditor } from '../host/errors';
import { MAX_REQUEST_MS } from '../host/time-limits';
import { isAgentChosen, toAgent, type AgentChoice } from './choose-agent';
import { toVariableKey } from './variable-key';

const MAX_LABEL_LENGTH = 64;
const MAX_HELP_LENGTH = 1000;
const MAX_FALLBACK_LENGTH = 200;

/**
 * Returns one field for each variable of the chosen agent and version. If the agent cannot be read, the form shows the
 * reason and stays usable, because calls can be placed without these fields.
 */
export async function variableFields(
  z: ZObject,
  bundle: Bundle<AgentChoice>,
): Promise<PlainInputField[]> {
  const { variables, remark } = await readVariables(z, bundle, 'use **Variables** instead');
  return remark === undefined ? variables.map(variableField) : [remark];
}

/** The variables of the chosen agent, or a field that says why there are none. */
export interface FormVariables {
  readonly variables: readonly AgentVariable[];
  readonly remark?: PlainInputField;
}

/** @param instead how to enter variables if the agent cannot be read */
export async function readVariables(
  z: ZObject,
  bundle: Bundle<AgentChoice>,
  instead: string,
): Promise<FormVariables> {
  const { inputData } = bundle;
  if (!isAgentChosen(inputData)) return { variables: [] };
  return inEditor(z, async () => {
    try {
      const client = dograhClient(z, bundle, MAX_REQUEST_MS.fillForm);
      const { variables } = await client.readAgent(toAgent(inputData), inputData.agent_version);
      if (variables.length > 0) return { variables };
      return { variables, remark: note('This agent uses no variables.') };
    } catch (error) {
      // This error makes Zapier ask the user to reconnect.
      if (error instanceof DograhError && error.kind === 'Authentication') throw error;
      return { variables: [], remark: note(whyVariablesAreUnknown(error, instead)) };
    }
  });
}

/** Never required by the form, because the value may be in Variables instead. */
export function variableField(variable: AgentVariable): PlainInputField {
  const { name, required } = variable;
  return {
    key: toVariableKey(name),
    label: cut(`Variable ${name}`, MAX_LABEL_LENGTH),
    type: 'string',
    required: false,
    helpText: required
      ? '**Needed:** if this is empty, the agent’s sentence has a gap. The prompt has no fallback (replacement text).'
      : optionalHelp(variable),
  };
}

function optionalHelp({ fallback, may_be_fetched: mayBeFetched }: AgentVariable): string {
  if (mayBeFetched)
    return 'Optional. If empty, Dograh may fetch it before the call (Pre-Call Data Fetch).';
  return fallback === null || isBlank(fallback)
    ? 'Optional. If empty, the agent says nothing in its place.'
    : `Optional. If empty, the agent uses ${asCode(fallback)}.`;
}

/** As inline code, so that Zapier does not render Markdown in the text. */
function asCode(text: string): string {
  return `\`${cut(text.replace(/[`\s]+/g, ' ').trim(), MAX_FALLBACK_LENGTH)}\``;
}

function note(text: string): PlainInputField {
  return {
    key: 'about_variables',
    label: 'About the Variables',
    type: 'copy',
    helpText: cut(text, MAX_HELP_LENGTH),
  };
}

function cut(text: string, maxLength: number): string {
  return text.length <= maxLength ? text : `${text.slice(0, maxLength - 1)}…`;
}
