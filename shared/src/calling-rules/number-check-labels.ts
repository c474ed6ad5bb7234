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

/** The most useful keys, at most ten. */
export const SIMPLIFIED_NUMBER_CHECK = [
  'phone_number',
  'callable_now',
  'callable_at',
  'skip_reason',
  'time_zones',
  'attempts_in_window',
  'last_outcome',
  'last_disposition',
  'opted_out',
  'rules',
] as const satisfies readonly (keyof NumberCheck)[];
