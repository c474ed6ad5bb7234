import {
  InvalidInputError,
  type AgentReference,
  type CallInput,
  type VariablePair,
} from '@dograh/shared';
import type { InferInputData } from 'zapier-platform-core';
import type { inputFields } from './trigger-call-fields';

/** What Zapier hands over; a field that was left out is missing, an emptied one may be blank. */
export type TriggerCallInput = Partial<InferInputData<typeof inputFields>>;

/**
 * The form in the client's words.
 * @throws InvalidInputError when it is not one agent that is named
 */
export function toCallInput(input: TriggerCallInput): CallInput {
  return {
    agent: toAgent(input),
    environment: input.agent_version,
    phoneNumber: input.phone_number,
    phoneNumberRules: { format: input.number_format, defaultCountry: input.default_country },
    context: { json: input.context_json, pairs: toPairs(input.context) },
    callReference: input.call_reference,
    skipIfCalledWithin: input.skip_if_called_within,
    telephonyConfigurationId: input.telephony_configuration_id,
    fromPhoneNumberId: input.from_phone_number_id,
  };
}

function toAgent({ agent, api_trigger: trigger }: TriggerCallInput): AgentReference {
  if (isBlank(agent) && isBlank(trigger)) {
    throw new InvalidInputError({
      message: 'No agent was chosen.',
      hint: 'Fill in Agent or API Trigger.',
    });
  }
  if (!isBlank(agent) && !isBlank(trigger)) {
    throw new InvalidInputError({
      message: 'Agent and API Trigger are both filled in, and only one can make the call.',
      hint: 'Empty one of the two fields.',
    });
  }
  return isBlank(agent) ? { by: 'trigger', value: trigger } : { by: 'agentUuid', value: agent };
}

function isBlank(value: unknown): boolean {
  return (
    value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
  );
}

function toPairs(context: unknown): VariablePair[] {
  if (isBlank(context)) return [];
  if (typeof context === 'object' && context !== null && !Array.isArray(context)) {
    return Object.entries(context).map(([name, value]: [string, unknown]) => ({ name, value }));
  }
  throw new InvalidInputError({
    message: 'Context is not a list of names and values.',
    hint: 'Give each variable a row of its own, or use Context (JSON).',
  });
}
