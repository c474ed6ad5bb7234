import {
  CALL_OUTCOMES,
  type DograhClient,
  type FinishedRunFilters,
  type RunResult,
} from '@dograh/shared';
import { defineInputFields, defineTrigger, type Bundle, type ZObject } from 'zapier-platform-core';
import type { InferInputData } from 'zapier-platform-core';
import { dograhClient } from '../host/client';
import { openCursor } from '../host/cursor';
import { inEditor, inZap } from '../host/errors';
import { isInEditor } from '../host/is-in-editor';
import { MAX_REQUEST_MS } from '../host/time-limits';
import { includeWebAndChatFields } from '../include-web-and-chat-field';
import { runOutputFields, toRunOutput, type RunOutput } from '../outputs/run-output';
import { finishedCall } from '../outputs/run-output.sample';

const outcomes = CALL_OUTCOMES.map(({ value, label }) => ({ value, sample: value, label }));

const inputFields = defineInputFields([
  {
    key: 'agent',
    label: 'Agent',
    type: 'string',
    required: false,
    dynamic: 'agent_list.agent_uuid.agent_name',
    helpText: 'Voice agent whose calls start the Zap. If empty, the calls of all agents start it.',
  },
  {
    key: 'direction',
    label: 'Direction',
    type: 'string',
    required: false,
    choices: [
      { value: 'inbound', sample: 'inbound', label: 'Inbound' },
      { value: 'outbound', sample: 'outbound', label: 'Outbound' },
    ],
    helpText:
      'Direction of the calls that start the Zap. The agent receives inbound calls and makes outbound calls. If empty, inbound and outbound calls start it.',
  },
  {
    key: 'outcome',
    label: 'Outcome',
    type: 'string',
    required: false,
    choices: outcomes,
    helpText: 'Outcome of the calls that start the Zap. If empty, calls with any outcome start it.',
  },
  {
    key: 'disposition',
    label: 'Disposition',
    type: 'string',
    required: false,
    placeholder: 'user_hangup',
    dynamic: 'disposition_list.id.name',
    helpText:
      'Disposition of the calls that start the Zap. It is how the agent, Dograh or the telephony provider names the end of the call. For the usual cases, use **Outcome**. For several, or for one that is not in the list, enter a custom value with commas: `busy, no-answer`. Letter case does not matter. If empty, calls with any disposition start it.',
  },
  ...includeWebAndChatFields,
]);

type Input = Partial<InferInputData<typeof inputFields>>;

/** Zapier starts the Zap once for each ID, so a poll may list a call that an earlier poll also listed. */
async function perform(z: ZObject, bundle: Bundle<Input>): Promise<RunOutput[]> {
  const isEditing = isInEditor(bundle);
  return (isEditing ? inEditor : inZap)(z, async () => {
    // There is one page. Zapier gives a cursor only to triggers that may have several.
    if (isLaterPage(bundle)) return [];
    const { agent, direction, outcome, disposition, include_web_and_chat } = bundle.inputData;
    const filters = {
      agents: agent,
      direction,
      outcomes: outcome,
      dispositions: disposition,
      includeWebAndChat: include_web_and_chat,
    };
    const client = dograhClient(z, bundle, MAX_REQUEST_MS.pollCalls);
    const runs = isEditing
      ? await client.recentFinishedRuns(filters, 'examples')
      : await nextRuns(client, filters, z, bundle);
    return runs.map((run) => toRunOutput(z, run));
  });
}

/** At most 49 calls that no poll listed before, and calls of the polls before this one. */
async function nextRuns(
  client: DograhClient,
  filters: FinishedRunFilters,
  z: ZObject,
  { meta }: PartOfBundle,
): Promise<readonly RunResult[]> {
  const cursor = await openCursor(z);
  if (cursor === undefined) return client.recentFinishedRuns(filters);
  const isFirst = meta?.isPopulatingDedupe === true;
  const batch = await client.finishedRunsInBatches({ filters, position: cursor.value, isFirst });
  await cursor.write(batch.position);
  return batch.runs;
}

type PartOfBundle = Partial<Pick<Bundle, 'meta'>>;

function isLaterPage({ meta }: PartOfBundle): boolean {
  return (meta?.page ?? 0) > 0;
}

export const callCompleted = defineTrigger({
  key: 'call_completed',
  noun: 'Call',
  display: {
    label: 'Call Completed',
    description:
      'Triggers when a call of one of your voice agents has ended with a result, answered or not.',
  },
  operation: {
    type: 'polling',
    canPaginate: true,
    inputFields,
    // The types require a string as ID, but Zapier also accepts a number.
    perform: perform as never,
    sample: { ...finishedCall },
    outputFields: runOutputFields,
  },
});
