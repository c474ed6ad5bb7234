import type { Choice } from '@dograh/shared';
import type { INodePropertyOptions } from 'n8n-workflow';

/** The value of the choice Default. */
const DEFAULT_VALUE = 0;

/** The chosen ID, not validated. Undefined if Dograh uses its default. */
export function chosenId(value: unknown): unknown {
  return value === DEFAULT_VALUE || value === '' || value === null ? undefined : value;
}

/** Adds the choice Default, because n8n marks a value that is not in the list as invalid. */
export function withDefault(
  description: string,
  choices: readonly Choice[],
): INodePropertyOptions[] {
  return [
    { name: 'Default', value: DEFAULT_VALUE, description },
    ...choices.map(({ label, value, remark }) => ({
      name: label,
      value,
      ...(remark === null ? {} : { description: remark }),
    })),
  ];
}
