import { InvalidInputError, type DograhClient } from '@dograh/shared';
import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { connect } from '../../host/client';
import { toErrorJson, toNodeError } from '../../host/errors';
import { Parameters, type Read } from './parameters';
import { PlacedCalls } from './placed-calls';

const MOST_AT_ONCE = 100;

export interface Item {
  readonly context: IExecuteFunctions;
  /** Asked for once: n8n copies it each time. */
  readonly node: INode;
  readonly client: DograhClient;
  readonly itemIndex: number;
  /** Reads the form as it is for this item. */
  readonly read: Read;
  readonly placed: PlacedCalls;
}

/** What an operation does for one input item, and the output items that come of it. */
export type ExecuteItem = (item: Item) => Promise<readonly INodeExecutionData[]>;

/**
 * Runs the operation for every item, as many at once as the user allows, with the output in the order of the
 * input. n8n's error settings decide about going on; where the node stops, what is under way is awaited first,
 * so that the message can name every run that was placed.
 */
export async function forEachItem(
  context: IExecuteFunctions,
  execute: ExecuteItem,
): Promise<INodeExecutionData[]> {
  const node = context.getNode();
  const parameters = new Parameters(context, node);
  const placed = new PlacedCalls(context, node);
  const output: (readonly INodeExecutionData[])[] = [];
  const failures: { readonly error: unknown; readonly itemIndex: number }[] = [];
  const itemIndexes = context.getInputData().keys();
  const workers = workersFor(context);
  let connected: Promise<DograhClient> | undefined;

  const worker = async (): Promise<void> => {
    // All workers draw from the same iterator, so each item goes to one of them.
    for (const itemIndex of itemIndexes) {
      if (failures.length > 0) return;
      const pairedItem = { item: itemIndex };
      try {
        if (workers instanceof InvalidInputError) throw workers;
        // Once for all items; where the credential cannot be right, each of them is told.
        const client = await (connected ??= connect(context, timeLimitFor(context)));
        const read: Read = (name, fallback) => parameters.read(name, itemIndex, fallback);
        const items = await execute({ context, node, client, itemIndex, read, placed });
        output[itemIndex] = items.map((item) => ({ ...item, pairedItem }));
      } catch (error) {
        if (context.continueOnFail()) {
          output[itemIndex] = [{ json: toErrorJson(error), pairedItem }];
        } else failures.push({ error, itemIndex });
      }
    }
  };
  await Promise.all(
    Array.from({ length: workers instanceof InvalidInputError ? 1 : workers }, worker),
  );

  const [first] = failures;
  if (first !== undefined) {
    throw toNodeError(first.error, node, first.itemIndex, placed.summary());
  }
  const all = output.flat();
  if (!all.some(({ json }) => 'error' in json)) placed.handOver();
  return all;
}

/** The same for all items, hence read from the first. */
function timeLimitFor(context: IExecuteFunctions): unknown {
  return context.getNodeParameter('options.timeoutSeconds', 0, '');
}

/** The same for all items, hence read from the first. Where it cannot be right, each of them is told. */
function workersFor(context: IExecuteFunctions): number | InvalidInputError {
  const value = context.getNodeParameter('options.concurrency', 0, 1);
  if (Number.isInteger(value) && Number(value) >= 1 && Number(value) <= MOST_AT_ONCE) {
    return Math.min(Number(value), context.getInputData().length);
  }
  return new InvalidInputError({
    message: `${JSON.stringify(value)} is not a number of calls to place at once.`,
    hint: `Use a whole number from 1 to ${MOST_AT_ONCE}.`,
  });
}
