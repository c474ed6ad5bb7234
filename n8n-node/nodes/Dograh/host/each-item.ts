import type { CallResult, DograhClient } from '@dograh/shared';
import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { connect } from './client';
import { toErrorJson, toNodeError } from './errors';
import { PlacedCalls } from './placed-calls';

/** What an operation does for one input item; its result becomes one output item. */
export type Operation = (item: {
  readonly context: IExecuteFunctions;
  readonly client: DograhClient;
  readonly itemIndex: number;
  readonly placed: PlacedCalls;
}) => Promise<CallResult>;

/** One after the other and in the order of the input; n8n's error settings decide about going on. */
export async function forEachItem(
  context: IExecuteFunctions,
  operation: Operation,
): Promise<INodeExecutionData[]> {
  const placed = new PlacedCalls(context);
  const output: INodeExecutionData[] = [];
  for (const itemIndex of context.getInputData().keys()) {
    const pairedItem = { item: itemIndex };
    try {
      const client = await connect(context);
      const result = await operation({ context, client, itemIndex, placed });
      output.push({ json: { ...result }, pairedItem });
    } catch (error) {
      if (!context.continueOnFail()) {
        throw toNodeError(error, context.getNode(), itemIndex, placed.summary());
      }
      output.push({ json: toErrorJson(error), pairedItem });
    }
  }
  if (!output.some(({ json }) => 'error' in json)) placed.forget();
  return output;
}
