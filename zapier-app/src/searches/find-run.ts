import { defineInputFields, defineSearch, type Bundle, type ZObject } from 'zapier-platform-core';
import type { InferInputData } from 'zapier-platform-core';
import { dograhClient } from '../host/client';
import { inZap } from '../host/errors';
import { MAX_REQUEST_MS } from '../host/time-limits';
import { includeWebAndChatFields } from '../include-web-and-chat-field';
import { numberFields } from '../number-fields';
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
      'ID of the call, which **Trigger Call** returns as Run ID. Fill in at least one field of this search. The call must match all fields that you fill in.',
  },
  {
    key: 'phone_number',
    label: 'Phone Number',
    type: 'string',
    required: false,
    placeholder: '+14155550123',
    helpText:
      'Number that was called, or that called your agent. It is read as in **Trigger Call**: with + and the country code, or with **Default Country**. If several calls match, the search returns the newest one.',
  },
  {
    key: 'call_reference',
    label: 'Call Reference',
    type: 'string',
    required: false,
    helpText:
      '**Call Reference** that you gave to **Trigger Call**. The step searches the newest 2,000 calls that match the other fields. If you have more, also fill in **Phone Number**.',
  },
  {
    key: 'agent',
    label: 'Agent',
    type: 'string',
    required: false,
    dynamic: 'agent_list.agent_uuid.agent_name',
    helpText:
      'Voice agent of the call. If several calls match, the search returns the newest one, even if it is still in progress.',
  },
  ...numberFields,
  ...includeWebAndChatFields,
]);

type Input = Partial<InferInputData<typeof inputFields>>;

async function perform(z: ZObject, bundle: Bundle<Input>): Promise<RunOutput[]> {
  return inZap(z, async () => {
    const { run_id, phone_number, call_reference, agent, number_format, default_country } =
      bundle.inputData;
    const run = await dograhClient(z, bundle, MAX_REQUEST_MS.findCall).findCall({
      runId: run_id,
      phoneNumber: phone_number,
      phoneNumberRules: { format: number_format, defaultCountry: default_country },
      callReference: call_reference,
      agentUuid: agent,
      includeWebAndChat: bundle.inputData.include_web_and_chat,
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
      'Finds a call by its run ID, phone number, call reference or agent. If several calls match, finds the newest one. The outcome of a call in progress is empty.',
  },
  operation: {
    inputFields,
    perform,
    sample: { ...finishedCall },
    outputFields: runOutputFields,
  },
});
