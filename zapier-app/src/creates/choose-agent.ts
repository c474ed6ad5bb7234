import { InvalidInputError, isBlank, type AgentReference } from '@dograh/shared';
import { refuseBoth } from './assert-only-one';

/** The fields that say whom to call with. */
export interface AgentChoice extends Record<string, unknown> {
  readonly agent?: unknown;
  readonly api_trigger?: unknown;
  readonly agent_version?: unknown;
}

export function isAgentChosen({ agent, api_trigger: trigger }: AgentChoice): boolean {
  return !isBlank(agent) || !isBlank(trigger);
}

/** @throws InvalidInputError when it is not one agent that is named */
export function toAgent(choice: AgentChoice): AgentReference {
  const { agent, api_trigger: trigger } = choice;
  if (!isAgentChosen(choice)) {
    throw new InvalidInputError({
      message: 'No agent was chosen.',
      hint: 'Fill in Agent or API Trigger.',
    });
  }
  refuseBoth({ Agent: agent, 'API Trigger': trigger }, 'make the call');
  return isBlank(agent) ? { by: 'trigger', value: trigger } : { by: 'agentUuid', value: agent };
}
