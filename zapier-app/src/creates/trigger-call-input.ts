import {
  InvalidInputError,
  isBlank,
  type CallInput,
  type GreetingInput,
  type VariablePair,
} from '@dograh/shared';
import type { InferInputData } from 'zapier-platform-core';
import { toCallingRules, type FilledForm } from '../calling-rules-input';
import { toAgent } from './choose-agent';
import { assertOnlyOne } from './assert-only-one';
import type { inputFields } from './trigger-call-fields';
import { variablesIn } from './variable-key';

/** The values of the form's fixed fields. At run time it also has one key per variable, `variable$…`. */
export type TriggerCallInput = Partial<InferInputData<typeof inputFields>>;

const JSON_ADVICE = 'Enter such a value as a row of Variables instead.';

/** @throws InvalidInputError unless exactly one agent and at most one greeting are given, or if a rule would be off */
export function toCallInput(form: FilledForm<TriggerCallInput>): CallInput {
  const { inputData: input } = form;
  return {
    agent: toAgent(input),
    environment: input.agent_version,
    phoneNumber: input.phone_number,
    phoneNumberRules: { format: input.number_format, defaultCountry: input.default_country },
    context: {
      json: input.context_json,
      jsonAdvice: JSON_ADVICE,
      pairs: toPairs(input.context),
      mapped: variablesIn(input),
    },
    greeting: toGreeting(input),
    requireVariables: input.require_variables,
    callReference: input.call_reference,
    skipIfCalledWithin: input.skip_if_called_within,
    callingRules: toCallingRules(form),
    telephonyConfigurationId: input.telephony_configuration_id,
    fromPhoneNumberId: input.from_phone_number_id,
  };
}

function toGreeting({
  greeting: text,
  greeting_recording: recordingId,
}: TriggerCallInput): GreetingInput | undefined {
  if (isBlank(text) && isBlank(recordingId)) return undefined;
  assertOnlyOne({ Greeting: text, 'Greeting Recording': recordingId });
  return isBlank(text)
    ? { type: 'audio', recordingId: asText(recordingId) }
    : { type: 'text', text: asText(text) };
}

/** Leaves out empty rows, so that they do not replace values of Variables (JSON). */
function toPairs(context: unknown): VariablePair[] {
  if (isBlank(context)) return [];
  if (typeof context === 'object' && context !== null && !Array.isArray(context)) {
    return Object.entries(context)
      .filter(([, value]) => !isBlank(value))
      .map(([name, value]: [string, unknown]) => ({ name, value }));
  }
  throw new InvalidInputError({
    message: 'Variables must be a list of names and values.',
    hint: 'Use one row for each variable, or fill in Variables (JSON).',
  });
}

/** A value from an earlier step may be a number. */
function asText(value: unknown): unknown {
  return typeof value === 'number' ? String(value) : value;
}
