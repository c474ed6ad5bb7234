import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { ExecuteItem } from '../execution/each-item';

/** One operation of the node. */
export interface Operation {
  /** Its entry in the list of operations. */
  readonly option: INodePropertyOptions & { readonly value: string; readonly action: string };
  /** The fields that only this operation has. */
  readonly fields: readonly INodeProperties[];
  readonly execute: ExecuteItem;
}

/** A group of operations. */
export interface Resource {
  /** Its entry in the list of resources. */
  readonly option: INodePropertyOptions & { readonly value: string };
  readonly operations: readonly Operation[];
  readonly defaultOperation: Operation;
  /** The fields of all its operations, in the order of the form. */
  readonly fields: readonly INodeProperties[];
}
