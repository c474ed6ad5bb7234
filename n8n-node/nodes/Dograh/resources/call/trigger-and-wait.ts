import {
  DEFAULT_POLL_SECONDS,
  DEFAULT_WAIT_TIMEOUT_MINUTES,
  parsePollInterval,
  parseWaitTimeout,
  parseYesOrNo,
  SIMPLIFIED_RESULT,
  type WaitForResultOptions,
} from '@dograh/shared';
import type { INodeProperties } from 'n8n-workflow';
import { readChoice } from '../../execution/choice';
import { resultOutput } from '../../execution/output';
import type { Read } from '../../execution/parameters';
import type { Operation } from '../operation';
import { place } from './trigger';

const showOnlyForWaiting = { resource: ['call'], operation: ['triggerAndWait'] };

/** All values, as for Trigger Call. */
const output = resultOutput(SIMPLIFIED_RESULT.endedCall, false);

const fields: INodeProperties[] = [
  {
    displayName: 'Maximum Wait for Result (Minutes)',
    name: 'waitTimeoutMinutes',
    type: 'number',
    typeOptions: { minValue: 1 },
    default: DEFAULT_WAIT_TIMEOUT_MINUTES,
    displayOptions: { show: showOnlyForWaiting },
    description:
      'Maximum time to wait for the result of each call. The time starts when Dograh accepts the call.',
  },
  {
    displayName: 'On Timeout',
    name: 'onWaitTimeout',
    type: 'options',
    displayOptions: { show: showOnlyForWaiting },
    options: [
      {
        name: 'Fail',
        value: 'fail',
        description:
          'The item fails. The call continues. Retry On Fail waits for the same call again.',
      },
      {
        name: 'Return Unfinished Run',
        value: 'returnRun',
        description: 'Outputs the run as it is at that time. The call continues.',
      },
    ],
    default: 'fail',
    description: 'What to do when the call has not finished within Maximum Wait for Result',
  },
  {
    displayName: 'Maximum Check Interval (Seconds)',
    name: 'pollSeconds',
    type: 'number',
    typeOptions: { minValue: 2 },
    default: DEFAULT_POLL_SECONDS,
    displayOptions: { show: showOnlyForWaiting },
    description:
      'Maximum time between two checks of a call. The first check is after about 10 seconds, the next ones every 5 seconds. After a minute, they become rarer. No interval is longer than this value.',
  },
  {
    displayName: 'Wait for Transcript',
    name: 'waitForTranscript',
    type: 'boolean',
    default: false,
    displayOptions: { show: showOnlyForWaiting },
    description:
      'Whether to wait up to a minute for the transcript and include it. If there is none by then, the field transcript is null.',
  },
  ...output.fields(showOnlyForWaiting),
];

/** Places one call per item, as Trigger Call does, and returns its result. */
export const triggerAndWait: Operation = {
  option: {
    name: 'Trigger Call and Wait for Result',
    value: 'triggerAndWait',
    action: 'Trigger call and wait for result',
    description: 'Have a voice agent call a phone number, and wait for the result',
  },
  fields,
  execute: async (item) => {
    const { context, client, read } = item;
    // Before the call, because an invalid value must not fail the item after it.
    const toItem = output.read(item);
    const options = readWaitOptions(read);
    const placed = await place(item);
    if (placed.workflow_run_id === null) return [toItem(placed)];
    const signal = context.getExecutionCancelSignal();
    const result = await client.waitForResult(placed.workflow_run_id, options, signal);
    const { recovered, skipped, skip_reason, callable_at, notes } = placed;
    const ofStep = { recovered, skipped, skip_reason, callable_at };
    return [toItem({ ...result, ...ofStep, notes: [...notes, ...result.notes] })];
  },
};

function readWaitOptions(read: Read): WaitForResultOptions {
  return {
    timeoutMs: parseWaitTimeout(read('waitTimeoutMinutes')),
    pollMs: parsePollInterval(read('pollSeconds')),
    forTranscript: parseYesOrNo(read('waitForTranscript'), 'Wait for Transcript'),
    onTimeout: readChoice(read, 'onWaitTimeout', 'On Timeout', ['fail', 'returnRun']),
  };
}
