import { parsePollInterval, parseWaitTimeout, type Patience } from '@dograh/shared';
import type { INodeProperties } from 'n8n-workflow';
import { runItem } from '../../execution/output';
import type { Read } from '../../execution/parameters';
import type { Operation } from '../operation';
import { place } from './trigger';

const showOnlyForWaiting = { resource: ['call'], operation: ['triggerAndWait'] };

const fields: INodeProperties[] = [
  {
    displayName: 'Wait at Most (Minutes)',
    name: 'waitTimeoutMinutes',
    type: 'number',
    typeOptions: { minValue: 1 },
    default: 15,
    displayOptions: { show: showOnlyForWaiting },
    description: 'How long to wait for the end of each call, from when Dograh accepted it',
  },
  {
    displayName: 'When the Time Is Over',
    name: 'onWaitTimeout',
    type: 'options',
    displayOptions: { show: showOnlyForWaiting },
    options: [
      {
        name: 'Fail',
        value: 'fail',
        description: 'The item fails; the call goes on, and is not placed again by a retry',
      },
      {
        name: 'Return the Unfinished Run',
        value: 'returnRun',
        description: 'The item goes on with the run as it is then',
      },
    ],
    default: 'fail',
    description: 'What to do when the call is not finished in time',
  },
  {
    displayName: 'Look Every (Seconds)',
    name: 'pollSeconds',
    type: 'number',
    typeOptions: { minValue: 2 },
    default: 15,
    displayOptions: { show: showOnlyForWaiting },
    description:
      'The longest time between two looks at a call. It is first looked at after some 10 seconds, then every 5, and after a minute less and less often.',
  },
  {
    displayName: 'Wait for Transcript',
    name: 'waitForTranscript',
    type: 'boolean',
    default: false,
    displayOptions: { show: showOnlyForWaiting },
    description:
      'Whether to hand on what was said, too. It is written some seconds after the call; if none comes within a minute, transcript stays empty.',
  },
];

/** Places one call per item, as Trigger Call does, and is done when it is over. */
export const triggerAndWait: Operation = {
  option: {
    name: 'Trigger Call and Wait for Result',
    value: 'triggerAndWait',
    action: 'Trigger call and wait for result',
    description: 'Have a voice agent call a phone number, and go on when the call is over',
  },
  fields,
  execute: async (item) => {
    const { context, client, read } = item;
    // Read first: what cannot be right must not be found out after somebody was called.
    const patience = readPatience(read);
    const placed = await place(item);
    const signal = context.getExecutionCancelSignal();
    const result = await client.waitForResult(placed.workflow_run_id, patience, signal);
    const { recovered, skipped } = placed;
    return runItem(item.node, { ...result, recovered, skipped });
  },
};

function readPatience(read: Read): Patience {
  return {
    timeoutMs: parseWaitTimeout(read('waitTimeoutMinutes')),
    pollMs: parsePollInterval(read('pollSeconds')),
    forTranscript: read('waitForTranscript') === true,
    onTimeout: read('onWaitTimeout') === 'returnRun' ? 'returnRun' : 'fail',
  };
}
