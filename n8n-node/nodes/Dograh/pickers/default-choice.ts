import type { Choice } from '@dograh/shared';
import type { INodePropertyOptions } from 'n8n-workflow';

/** What the form holds while nothing is chosen. */
const NOT_CHOSEN = 0;

/** The ID that was chosen, unchecked; undefined where Dograh is to take its default. */
export function chosenId(value: unknown): unknown {
  return value === NOT_CHOSEN || value === '' || value === null ? undefined : value;
}

/** What to choose from. n8n marks a value that is not among it, so the default is there, too. */
export function withDefault(
  description: string,
  choices: readonly Choice[],
): INodePropertyOptions[] {
  return [
    { name: 'Default', value: NOT_CHOSEN, description },
    ...choices.map(({ label, value, remark }) => ({
      name: label,
      value,
      ...(remark === null ? {} : { description: remark }),
    })),
  ];
}
