import type { NumberCheckOutput } from './number-check-output';

/** A number that is checked in the evening. */
export const checkedNumber: NumberCheckOutput = {
  id: '+14155550123',
  phone_number: '+14155550123',
  callable_now: false,
  callable_at: '2026-08-04T09:00:00-07:00',
  skip_reason: 'outside_calling_hours',
  time_zones: [
    {
      time_zone: 'America/Los_Angeles',
      local_time: '2026-08-03T21:14:05-07:00',
      within_hours: false,
    },
  ],
  attempts_in_window: 1,
  last_outcome: 'no_answer',
  last_disposition: 'no-answer',
  last_called_at: '2026-08-03T16:30:05.000Z',
  opted_out: false,
  rules: [
    {
      rule: 'Do Not Call List',
      allows: true,
      explanation: 'The number is not in the list, which has 1 number.',
    },
    {
      rule: 'Do Not Call If They Asked',
      allows: true,
      explanation:
        'No earlier call ended with one of the dispositions. Searched all 2 calls to this number that Dograh lists, back to 2026-07-14.',
    },
    {
      rule: 'Maximum Calls',
      allows: true,
      explanation: 'Calls to this number in the last 24 hours: 1. Maximum Calls: 3.',
    },
    {
      rule: 'Minimum Hours Between Calls',
      allows: true,
      explanation: 'No call to this number in the last 4 hours.',
    },
    {
      rule: 'Calling Hours',
      allows: false,
      explanation: 'It is Mon 21:14 in America/Los_Angeles, outside the calling hours.',
    },
  ],
  notes: [
    'Not callable because of the rule Calling Hours. It is Mon 21:14 in America/Los_Angeles, outside the calling hours.',
    'Searched all 2 calls to this number that Dograh lists, back to 2026-07-14.',
  ],
};
