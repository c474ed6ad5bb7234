import type { NumberCheck } from './check-number';

/** The name of each value of a check in a form. */
export const NUMBER_CHECK_LABELS = {
  phone_number: 'Phone Number',
  callable_now: 'Callable Now',
  callable_at: 'Callable At',
  skip_reason: 'Skip Reason',
  time_zones: 'Time Zones',
  attempts_in_window: 'Attempts in Window',
  last_outcome: 'Last Outcome',
  last_disposition: 'Last Disposition',
  last_called_at: 'Last Called At',
  opted_out: 'Opted Out',
  rules: 'Rules',
  notes: 'Notes',
} as const satisfies Readonly<Record<keyof NumberCheck, string>>;

/** The most useful keys, at most ten. `time_zones` and `rules` are lists that make a table hard to read. */
export const SIMPLIFIED_NUMBER_CHECK = [
  'phone_number',
  'callable_now',
  'callable_at',
  'skip_reason',
  'opted_out',
  'attempts_in_window',
  'last_outcome',
  'last_disposition',
  'last_called_at',
  'notes',
] as const satisfies readonly (keyof NumberCheck)[];
