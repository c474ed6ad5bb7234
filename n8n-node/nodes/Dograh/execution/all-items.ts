import type { DograhClient } from '@dograh/shared';
import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { connect } from '../../host/client';
import { toErrorJson, toNodeError } from '../../host/errors';
import { Parameters, type Read } from './parameters';
import { readSameForAll, type SameForAll } from './same-for-all';
import { forModel } from './tool';

/** All input items, for an operation that does one thing with them. */
export interface AllItems {
  readonly context: IExecuteFunctions;
  readonly node: INode;
  readonly client: DograhClient;
  readonly count: number;
  /** Reads a parameter that must have the same value for all items. */
  readonly read: SameForAll;
  /** Reads the parameters of one item. */
  at(itemIndex: number): Read;
}

/** Runs an operation once for all input items. An output item without paired items belongs to all of them. */
export type ExecuteAllItems = (items: AllItems) => Promise<readonly INodeExecutionData[]>;

/**
 * Runs the operation once. An error concerns all items, so it gives one item if the node continues on errors.
 */
export async function forAllItems(
  context: IExecuteFunctions,
  execute: ExecuteAllItems,
): Promise<INodeExecutionData[]> {
  const node = context.getNode();
  const parameters = new Parameters(context, node);
  const count = context.getInputData().length;
  const pairedItem = Array.from({ length: count }, (_, item) => ({ item }));
  const at: AllItems['at'] = (itemIndex) => (name, fallback) =>
    parameters.read(name, itemIndex, fallback);
  const read = readSameForAll(parameters, count);
  try {
    const client = await connect(context);
    const items = await client.guard(() => execute({ context, node, client, count, read, at }));
    return items.map((item) => ({ pairedItem, ...item }));
  } catch (error) {
    if (context.continueOnFail()) return [{ json: toErrorJson(error), pairedItem }];
    throw forModel(toNodeError(error, node, undefined, ''), node);
  }
}
