import { parseYesOrNo } from '@dograh/shared';
import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** Both nodes have it, with the words that n8n prescribes. */
const simplify: INodeProperties = {
  displayName: 'Simplify',
  name: 'simplify',
  type: 'boolean',
  default: true,
  description: 'Whether to return a simplified version of the response instead of the raw data',
};

export function simplifyField(
  byDefault: boolean,
  displayOptions: IDisplayOptions = {},
): INodeProperties {
  return { ...simplify, default: byDefault, displayOptions };
}

/** @throws InvalidInputError */
export function readSimplify(value: unknown, byDefault: boolean): boolean {
  return parseYesOrNo(value, 'Simplify', byDefault);
}

/** The values with these names, in this order. */
export function pick<T extends object>(whole: T, names: readonly (keyof T)[]): Partial<T> {
  const known = names.filter((name) => Object.hasOwn(whole, name));
  return Object.fromEntries(known.map((name) => [name, whole[name]])) as Partial<T>;
}
