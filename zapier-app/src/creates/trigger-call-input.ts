import {
  InvalidInputError,
  isBlank,
  type CallInput,
  type GreetingInput,
  type VariablePair,
} from '@dograh/shared';
import type { InferInputData } from 'zapier-platform-core';
import { toAgent } from './choose-agent';
import { refuseBoth } from './assert-only-one';
import type { inputFields } from './trigger-call-fields';
import { variableOfKey } from './variable-key';

/** What Zapier hands over, with the fields for variables by their keys. */
export type TriggerCallInput = Partial<InferInputData<typeof inputFields>>;

/**
 * The form in the client's words.
 * @throws InvalidInputError when it is not one agent that is named, and when there are two greetings
 */
export function toCallInput(input: TriggerCallInput): CallInput {
  return {
    agent: toAgent(input),
    environment: input.agent_version,
    phoneNumber: input.phone_number,
    phoneNumberRules: { format: input.number_format, defaultCountry: input.default_country },
    context: {
      json: input.context_json,
      pairs: toPairs(input.context),
      mapped: toMapped(input),
    },
    greeting: toGreeting(input),
    requireVariables: input.require_variables,
    callReference: input.call_reference,
    skipIfCalledWithin: input.skip_if_called_within,
    telephonyConfigurationId: input.telephony_configuration_id,
    fromPhoneNumberId: input.from_phone_number_id,
  };
}

function toGreeting({
  greeting: text,
  greeting_recording: recordingId,
}: TriggerCallInput): GreetingInput | undefined {
  if (isBlank(text) && isBlank(recordingId)) return undefined;
  refuseBoth({ Greeting: text, 'Greeting Recording': recordingId }, 'be said first');
  return isBlank(text)
    ? { type: 'audio', recordingId: asText(recordingId) }
    : { type: 'text', text: asText(text) };
}

/** An empty row must not take the place of what the JSON has. */
function toPairs(context: unknown): VariablePair[] {
  if (isBlank(context)) return [];
  if (typeof context === 'object' && context !== null && !Array.isArray(context)) {
    return Object.entries(context)
      .filter(([, value]) => !isBlank(value))
      .map(([name, value]: [string, unknown]) => ({ name, value }));
  }
  throw new InvalidInputError({
    message: 'Context is not a list of names and values.',
    hint: 'Give each variable a row of its own, or use Context (JSON).',
  });
}

/** Nor an empty field that of what Context has. */
function toMapped(input: object): Record<string, unknown> {
  const filled = Object.entries(input).flatMap(([key, value]: [string, unknown]) => {
    const name = variableOfKey(key);
    return name === undefined || isBlank(value) ? [] : [[name, value] as const];
  });
  return Object.fromEntries(filled);
}

/** An earlier step may give a number. */
function asText(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value;
}
