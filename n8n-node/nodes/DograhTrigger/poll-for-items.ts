import type { CallResult, FinishedRunFilters, PollMemory } from '@dograh/shared';
import {
  NodeOperationError,
  type IDataObject,
  type INodeExecutionData,
  type IPollFunctions,
} from 'n8n-workflow';
import { connect } from '../host/client';
import { toNodeError } from '../host/errors';

/** As long as n8n waits for a poll; older versions do not say. */
const USUAL_BUDGET_MS = 5 * 60_000;

/** One item for each run that has finished; null starts nothing. */
export async function pollForItems(
  context: IPollFunctions,
): Promise<INodeExecutionData[][] | null> {
  const isTest = context.getMode() === 'manual';
  const runs = await (isTest ? example(context) : finished(context)).catch((error: unknown) => {
    throw toNodeError(error, context.getNode(), 0, '');
  });
  if (isTest && runs.length === 0) throw nothingToShow(context);
  return runs.length === 0 ? null : [runs.map((run) => ({ json: { ...run } }))];
}

async function finished(context: IPollFunctions): Promise<readonly CallResult[]> {
  const client = await connect(context, undefined, budgetOf(context));
  const poller = `${context.getWorkflow().id} ${context.getNode().id}`;
  const filters = filtersOf(context);
  return await client.pollFinishedRuns({ poller, memory: memoryOf(context), filters });
}

/** Somebody tries out the workflow: n8n keeps nothing of what such a poll remembers. */
async function example(context: IPollFunctions): Promise<readonly CallResult[]> {
  const client = await connect(context, undefined, budgetOf(context));
  const run = await client.latestFinishedRun(filtersOf(context));
  return run === undefined ? [] : [run];
}

function filtersOf(context: IPollFunctions): FinishedRunFilters {
  return context.getNodeParameter('filters', {}) as FinishedRunFilters;
}

function budgetOf(context: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>): number {
  return context.getPollBudgetMs?.() ?? USUAL_BUDGET_MS;
}

/** Asked for anew each time: n8n may give every poll a copy of its own. */
function memoryOf(context: IPollFunctions): PollMemory {
  const data = (): IDataObject => context.getWorkflowStaticData('node');
  return {
    read: () => data()['finishedRuns'],
    write: (state) => {
      data()['finishedRuns'] = { ...state } as unknown as IDataObject;
    },
  };
}

function nothingToShow(context: IPollFunctions): NodeOperationError {
  return new NodeOperationError(context.getNode(), 'No finished call was found to show here.', {
    description:
      'Make a call with one of your agents and try again when it is over, or loosen the filters. Only the last 300 calls are looked through here. Once the workflow is active, it starts with every call that ends.',
  });
}
