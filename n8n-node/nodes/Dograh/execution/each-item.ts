import { parseNumber, type DograhClient } from '@dograh/shared';
import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { connect } from '../../host/client';
import { toErrorJson, toNodeError } from '../../host/errors';
import { assertOwnArguments } from './own-arguments';
import { Parameters, type Read } from './parameters';
import { PlacedCalls } from './placed-calls/placed-calls';
import { isTool } from './tool';

const MAX_CONCURRENCY = 100;

export interface Item {
  readonly context: IExecuteFunctions;
  /** Read once, because n8n copies the node on each read. */
  readonly node: INode;
  readonly client: DograhClient;
  readonly itemIndex: number;
  /** Reads the parameters of this item. */
  readonly read: Read;
  readonly placedCalls: () => PlacedCalls;
  /** Another item of the input. */
  at(itemIndex: number): Item;
}

/** Runs an operation for one input item and returns its output items. */
export type ExecuteItem = (item: Item) => Promise<readonly INodeExecutionData[]>;

/**
 * Runs the operation for every item, up to Concurrency items at the same time. The output keeps the order of the input.
 *
 * n8n's On Error setting decides whether the node continues after a failed item. Before the node stops, it waits for
 * the items in progress, so that its message can list every run that was placed.
 */
export async function forEachItem(
  context: IExecuteFunctions,
  execute: ExecuteItem,
): Promise<INodeExecutionData[]> {
  const node = context.getNode();
  const parameters = new Parameters(context, node);
  let placed: PlacedCalls | undefined;
  const placedCalls = (): PlacedCalls => (placed ??= new PlacedCalls(context, node));
  const output: (readonly INodeExecutionData[])[] = [];
  const failures: { readonly error: unknown; readonly itemIndex: number }[] = [];
  const itemIndexes = context.getInputData().keys();
  const concurrency = readConcurrency(parameters);
  let connected: Promise<DograhClient> | undefined;

  const worker = async (): Promise<void> => {
    // All workers share one iterator, so each item is processed once.
    for (const itemIndex of itemIndexes) {
      if (failures.length > 0) return;
      const pairedItem = { item: itemIndex };
      try {
        // One connection for all items. An invalid credential fails each of them.
        const client = await (connected ??= connect(context, readTimeout(parameters)));
        const at = (index: number): Item => ({
          ...{ context, node, client, placedCalls, at },
          itemIndex: index,
          read: (name, fallback) => parameters.read(name, index, fallback),
        });
        const items = await client.guard(async () => {
          if (concurrency instanceof Error) throw concurrency;
          if (isTool(node)) assertOwnArguments(context);
          return execute(at(itemIndex));
        });
        output[itemIndex] = items.map((item) => ({ ...item, pairedItem }));
      } catch (error) {
        if (context.continueOnFail()) {
          output[itemIndex] = [{ json: toErrorJson(error), pairedItem }];
        } else failures.push({ error, itemIndex });
      }
    }
  };
  const workers =
    concurrency instanceof Error ? 1 : Math.min(concurrency, context.getInputData().length);
  await Promise.all(Array.from({ length: workers }, worker));
  placed?.close();

  const [first] = failures;
  if (first !== undefined) {
    const error = toNodeError(first.error, node, first.itemIndex, placed?.summary() ?? '');
    // From version 3 on, n8n passes on only the message to the model.
    if (isTool(node)) error.message = [error.message, error.description].filter(Boolean).join(' ');
    throw error;
  }
  const all = output.flat();
  placed?.markOutput(!all.some(({ json }) => 'error' in json));
  return all;
}

/** The value for the first item applies to all items. */
function readTimeout(parameters: Parameters): unknown {
  return parameters.read('options.timeoutSeconds', 0, '');
}

/** The value for the first item applies to all items. Returns the error, because each item reports it. */
function readConcurrency(parameters: Parameters): number | Error {
  try {
    return parseNumber(parameters.read('options.concurrency', 0, ''), {
      label: 'Concurrency',
      must: `a whole number from 1 to ${MAX_CONCURRENCY}`,
      accepts: (value) => Number.isInteger(value) && value >= 1 && value <= MAX_CONCURRENCY,
      hint: 'Correct it in the options. The value for the first item applies to all items.',
      whenBlank: 1,
    });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
