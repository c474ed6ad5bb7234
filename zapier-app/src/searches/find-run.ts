import { defineInputFields, defineSearch, type Bundle, type ZObject } from 'zapier-platform-core';
import type { InferInputData } from 'zapier-platform-core';
import { dograhClient } from '../host/client';
import { inAction } from '../host/errors';
import { MAX_REQUEST_MS } from '../host/time-limits';
import { runOutputFields, toRunOutput, type RunOutput } from '../outputs/run-output';
import { finishedCall } from '../outputs/run-output.sample';

const inputFields = defineInputFields([
  {
    key: 'run_id',
    label: 'Run ID',
    type: 'string',
    required: false,
    dynamic: 'call_completed.id.workflow_run_name',
    helpText:
      'The ID that **Trigger Call** gives as Run ID. Fill in this field or any of the others; a call is found if all that is filled in fits.',
  },
  {
    key: 'phone_number',
    label: 'Phone Number',
    type: 'string',
    required: false,
    placeholder: '+14155550123',
    helpText:
      'The newest call to this number, or from it, is found. Write the country code, too; spaces and brackets do not matter.',
  },
  {
    key: 'call_reference',
    label: 'Call Reference',
    type: 'string',
    required: false,
    helpText:
      'The newest call with your own ID is found, which you gave to **Trigger Call**. The newest 2,000 calls are looked through; fill in **Phone Number**, too, if you have more.',
  },
  {
    key: 'agent',
    label: 'Agent',
    type: 'string',
    required: false,
    dynamic: 'agent_list.agent_uuid.agent_name',
    helpText: 'The newest call with this voice agent is found, a call that goes on included.',
  },
]);

type Input = Partial<InferInputData<typeof inputFields>>;

async function perform(z: ZObject, bundle: Bundle<Input>): Promise<RunOutput[]> {
  return inAction(z, async () => {
    const { run_id, phone_number, call_reference, agent } = bundle.inputData;
    const run = await dograhClient(z, bundle, MAX_REQUEST_MS.findCall).findCall({
      runId: run_id,
      phoneNumber: phone_number,
      callReference: call_reference,
      agentUuid: agent,
    });
    return run === undefined ? [] : [toRunOutput(z, run)];
  });
}

export const findRun = defineSearch({
  key: 'find_run',
  noun: 'Call',
  display: {
    label: 'Find Call',
    description:
      'Finds a call by run ID, or the newest by phone number, call reference or agent. While it goes on, its outcome is empty.',
  },
  operation: {
    inputFields,
    perform,
    sample: { ...finishedCall },
    outputFields: runOutputFields,
  },
});
