import type { INodeProperties } from 'n8n-workflow';

/** As n8n lists options. */
export function inOrder(options: readonly INodeProperties[]): INodeProperties[] {
  return options.toSorted((one, other) => one.displayName.localeCompare(other.displayName));
}
