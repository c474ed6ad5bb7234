import type { INodeProperties } from 'n8n-workflow';
import { SHOWN_FOR_WAITING } from './shown-for';

/** How long to wait for what comes of a call. */
export const waitingFields: INodeProperties[] = [
  {
    displayName: 'Wait at Most (Minutes)',
    name: 'waitTimeoutMinutes',
    type: 'number',
    typeOptions: { minValue: 1 },
    default: 15,
    displayOptions: { show: SHOWN_FOR_WAITING },
    description: 'How long to wait for the end of each call, from when Dograh accepted it',
  },
  {
    displayName: 'When the Time Is Over',
    name: 'onWaitTimeout',
    type: 'options',
    displayOptions: { show: SHOWN_FOR_WAITING },
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
    displayOptions: { show: SHOWN_FOR_WAITING },
    description:
      'The longest time between two looks at a call. It is first looked at after some 10 seconds, then every 5, and after a minute less and less often.',
  },
  {
    displayName: 'Wait for Transcript',
    name: 'waitForTranscript',
    type: 'boolean',
    default: false,
    displayOptions: { show: SHOWN_FOR_WAITING },
    description:
      'Whether to hand on what was said, too. It is written some seconds after the call; if none comes within a minute, transcript stays empty.',
  },
];
