import { DograhError, whyVariablesAreUnknown, type AgentVariable } from '@dograh/shared';
import type { Bundle, PlainInputField, ZObject } from 'zapier-platform-core';
import { dograhClient } from '../host/client';
import { inForm } from '../host/errors';
import { MAX_REQUEST_MS } from '../host/time-limits';
import { isAgentChosen, toAgent, type AgentChoice } from './choose-agent';
import { keyOfVariable } from './variable-key';

const LONGEST_LABEL = 64;
const LONGEST_HELP = 1000;
const LONGEST_FALLBACK = 200;

/**
 * A field for each variable that the chosen version of the chosen agent uses. Where they cannot be read, calls can
 * be placed all the same, so the form says why instead of breaking off.
 */
export async function variableFields(
  z: ZObject,
  bundle: Bundle<AgentChoice>,
): Promise<PlainInputField[]> {
  const { inputData } = bundle;
  if (!isAgentChosen(inputData)) return [];
  return inForm(z, async () => {
    try {
      const client = dograhClient(z, bundle, MAX_REQUEST_MS.fillForm);
      const { variables } = await client.readAgent(toAgent(inputData), inputData.agent_version);
      if (variables.length === 0) return [remark('This agent uses no variables.')];
      return variables.map(toField);
    } catch (error) {
      // Zapier asks to reconnect.
      if (error instanceof DograhError && error.kind === 'Authentication') throw error;
      return [remark(whyVariablesAreUnknown(error, 'use **Variables** instead'))];
    }
  });
}

/** None must be filled in here: its value may stand in Context as well. */
function toField({ name, fallback, required }: AgentVariable): PlainInputField {
  return {
    key: keyOfVariable(name),
    label: cut(`Variable ${name}`, LONGEST_LABEL),
    type: 'string',
    required: false,
    helpText: required
      ? '**Needed:** the prompt has no fallback for this variable. If it is empty, the agent’s text has a gap.'
      : whenEmpty(fallback),
  };
}

function whenEmpty(fallback: string | null): string {
  return fallback === null || fallback.trim() === ''
    ? 'Optional. If empty, the agent leaves it out.'
    : `Optional. If empty, the agent uses ${asCode(fallback)}.`;
}

/** As it is, whatever signs of Markdown are in it. */
function asCode(text: string): string {
  return `\`${cut(text.replace(/[`\s]+/g, ' ').trim(), LONGEST_FALLBACK)}\``;
}

function remark(text: string): PlainInputField {
  return {
    key: 'about_variables',
    label: 'About the Variables',
    type: 'copy',
    helpText: cut(text, LONGEST_HELP),
  };
}

function cut(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
