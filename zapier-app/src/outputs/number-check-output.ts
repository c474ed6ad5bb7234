import { NUMBER_CHECK_LABELS, type NumberCheck } from '@dograh/shared';
import type { OutputFields } from 'zapier-platform-core';

/** Zapier requires an `id` on every item. A check has no ID, so this one is the number. */
export type NumberCheckOutput = NumberCheck & { readonly id: string };

export function toNumberCheckOutput(check: NumberCheck): NumberCheckOutput {
  return { id: check.phone_number, ...check };
}

/** How Zapier shows each value. A list of objects has one field for each of their keys. */
const SHAPES = {
  phone_number: [{ type: 'string' }],
  callable_now: [{ type: 'boolean' }],
  callable_at: [{ type: 'datetime' }],
  skip_reason: [{ type: 'string' }],
  time_zones: [
    { key: 'time_zones[]time_zone', label: 'Time Zone', type: 'string' },
    { key: 'time_zones[]local_time', label: 'Local Time', type: 'datetime' },
    { key: 'time_zones[]within_hours', label: 'Within Hours', type: 'boolean' },
  ],
  attempts_in_window: [{ type: 'integer' }],
  last_outcome: [{ type: 'string' }],
  last_disposition: [{ type: 'string' }],
  last_called_at: [{ type: 'datetime' }],
  opted_out: [{ type: 'boolean' }],
  rules: [
    { key: 'rules[]rule', label: 'Rule', type: 'string' },
    { key: 'rules[]allows', label: 'Rule Allows the Call', type: 'boolean' },
    { key: 'rules[]explanation', label: 'Rule Explanation', type: 'string' },
  ],
  notes: [{ type: 'string', list: true }],
} as const satisfies Readonly<Record<keyof NumberCheck, readonly object[]>>;

export const numberCheckOutputFields: OutputFields = [
  { key: 'id', label: 'ID', type: 'string' },
  ...Object.entries(SHAPES).flatMap(([key, fields]) =>
    fields.map((field) => ({
      key,
      label: NUMBER_CHECK_LABELS[key as keyof NumberCheck],
      ...field,
    })),
  ),
];
