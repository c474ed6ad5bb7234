import {
  CancelledError,
  parseNumber,
  type DograhClient,
  type PlaceCallOptions,
} from '@dograh/shared';
import type { IExecuteFunctions, INode, INodeExecutionData } from 'n8n-workflow';
import { connect } from '../../host/client';
import { toErrorJson, toNodeError } from '../../host/errors';
import { assertOwnArguments } from './own-arguments';
import { Parameters, type Read } from './parameters';
import { PlacedCalls } from './placed-calls/placed-calls';
import { Slots } from './slots';
import { forModel, isTool } from './tool';

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
  /** Runs a long wait of this item. Meanwhile, other items go on. A failure that stops the node ends the wait. */
  readonly whileWaiting: NonNullable<PlaceCallOptions['whileWaiting']>;
  /** Another item of the input. */
  at(itemIndex: number): Item;
}

/** Runs an operation for one input item and returns its output items. */
export type ExecuteItem = (item: Item) => Promise<readonly INodeExecutionData[]>;

/**
 * Runs the operation for every item, up to Concurrency items at the same time. The output keeps the order of the input.
 *
 * An item that waits for the calling hours takes no slot.
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
  const concurrency = readConcurrency(parameters);
  const slots = new Slots(concurrency instanceof Error ? 1 : concurrency);
  const stop = new AbortController();
  const whileWaiting: Item['whileWaiting'] = async (wait) => {
    await slots.without(() => wait(stop.signal));
    // Another item can fail between the end of the wait and the next free slot.
    if (stop.signal.aborted) throw stoppedError();
  };
  let connected: Promise<DograhClient> | undefined;

  const process = async (itemIndex: number): Promise<void> => {
    const pairedItem = { item: itemIndex };
    try {
      // One connection for all items. An invalid credential fails each of them.
      const client = await (connected ??= connect(context, readTimeout(parameters)));
      const at = (index: number): Item => ({
        ...{ context, node, client, placedCalls, whileWaiting, at },
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
        return;
      }
      failures.push({ error, itemIndex });
      stop.abort();
    }
  };
  const processing: Promise<void>[] = [];
  for (const itemIndex of context.getInputData().keys()) {
    await slots.take();
    if (failures.length > 0) {
      // The items that waited need it to end.
      slots.release();
      break;
    }
    processing.push(process(itemIndex).finally(() => slots.release()));
  }
  await Promise.all(processing);
  placed?.close();

  const [first] = failures;
  if (first !== undefined) {
    const error = toNodeError(first.error, node, first.itemIndex, placed?.summary() ?? '');
    throw forModel(error, node);
  }
  const all = output.flat();
  placed?.markOutput(!all.some(({ json }) => 'error' in json));
  return all;
}

function stoppedError(): CancelledError {
  return new CancelledError({
    callPlaced: 'no',
    message: 'Another item failed while this item waited.',
    hint: 'This number was not dialed.',
  });
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
