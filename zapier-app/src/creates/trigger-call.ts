import { defineCreate, type Bundle, type ZObject } from 'zapier-platform-core';
import { dograhClient } from '../host/client';
import { inAction } from '../host/errors';
import { triggeredCall } from '../samples/triggered-call';
import { callOutputFields, toOutput, type CallOutput } from './call-output';
import { inputFields } from './trigger-call-fields';
import { toCallInput, type TriggerCallInput } from './trigger-call-input';

/** After it, the call is looked for in Dograh's list of runs, for which there must be time, too. */
const TIMEOUT_MS = 15_000;

async function perform(z: ZObject, bundle: Bundle<TriggerCallInput>): Promise<CallOutput> {
  return inAction(z, async () => {
    const client = dograhClient(z, bundle, TIMEOUT_MS);
    return toOutput(await client.placeCall(toCallInput(bundle.inputData)));
  });
}

export const triggerCall = defineCreate({
  key: 'trigger_call',
  noun: 'Call',
  display: {
    label: 'Trigger Call',
    description: 'Calls a phone number with one of your voice agents.',
  },
  operation: {
    inputFields,
    perform,
    sample: { ...triggeredCall },
    outputFields: callOutputFields,
  },
});
