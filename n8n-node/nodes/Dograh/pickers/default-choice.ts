import { cleanValue, type Choice } from '@dograh/shared';
import type { INodePropertyOptions } from 'n8n-workflow';

/** The value of the choice Default. */
const DEFAULT_VALUE = 0;

/** The chosen ID, not validated. Undefined for Default, which an expression may give as text. */
export function chosenId(value: unknown): unknown {
  const given = cleanValue(value);
  return given === String(DEFAULT_VALUE) || given === DEFAULT_VALUE ? undefined : value;
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
