import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { ExecuteAllItems } from '../execution/all-items';
import type { ExecuteItem } from '../execution/each-item';

/** One operation of the node. */
export type Operation = ItemOperation | JointOperation;

interface AnyOperation {
  /** Its entry in the list of operations. */
  readonly option: INodePropertyOptions & { readonly value: string; readonly action: string };
  /** The fields that only this operation has. */
  readonly fields: readonly INodeProperties[];
}

/** An operation that does its work for each input item. */
export interface ItemOperation extends AnyOperation {
  readonly execute: ExecuteItem;
}

/** An operation that does one thing with all input items. */
export interface JointOperation extends AnyOperation {
  readonly executeAll: ExecuteAllItems;
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
