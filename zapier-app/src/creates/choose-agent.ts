import { InvalidInputError, isBlank, type AgentReference } from '@dograh/shared';
import { assertOnlyOne } from './assert-only-one';

/** The fields that choose the agent and its version. */
export interface AgentChoice extends Record<string, unknown> {
  readonly agent?: unknown;
  readonly api_trigger?: unknown;
  readonly agent_version?: unknown;
}

export function isAgentChosen({ agent, api_trigger: trigger }: AgentChoice): boolean {
  return !isBlank(agent) || !isBlank(trigger);
}

/** @throws InvalidInputError when no agent is chosen, or when both fields are filled in */
export function toAgent(choice: AgentChoice): AgentReference {
  const { agent, api_trigger: trigger } = choice;
  if (!isAgentChosen(choice)) {
    throw new InvalidInputError({
      message: 'No agent was chosen.',
      hint: 'Fill in Agent or API Trigger.',
    });
  }
  assertOnlyOne({ Agent: agent, 'API Trigger': trigger });
  return isBlank(agent) ? { by: 'trigger', value: trigger } : { by: 'agentUuid', value: agent };
}
