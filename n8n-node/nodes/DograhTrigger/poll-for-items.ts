import {
  SIMPLIFIED_RESULT,
  type CallResult,
  type DograhClient,
  type FinishedRunFilters,
} from '@dograh/shared';
import { NodeOperationError, type INodeExecutionData, type IPollFunctions } from 'n8n-workflow';
import { connect, identifyCredential } from '../host/client';
import { toNodeError } from '../host/errors';
import { locatorValue } from '../locator-value';
import { pick, readSimplify } from '../simplify-field';
import { SIMPLIFY_BY_DEFAULT } from './filter-fields';
import { StagedMemory } from './staged-memory';

/** The time that n8n gives a poll. Older versions of n8n do not tell it. */
const DEFAULT_BUDGET_MS = 5 * 60_000;

/** The labels in the form of this node. */
const LABELS = {
  agents: 'Agent Names or IDs',
  dispositions: 'Dispositions',
  outcomes: 'Outcomes',
};

/** One item for each finished run. Null starts no execution. */
export async function pollForItems(
  context: IPollFunctions,
): Promise<INodeExecutionData[][] | null> {
  const isTest = context.getMode() === 'manual';
  const runs = await readRuns(context, isTest).catch((error: unknown) => {
    throw toNodeError(error, context.getNode(), 0, '');
  });
  if (isTest && runs.length === 0) throw noSampleError(context);
  return runs.length === 0 ? null : [runs.map((run) => ({ json: { ...run } }))];
}

async function readRuns(
  context: IPollFunctions,
  isTest: boolean,
): Promise<readonly Partial<CallResult>[]> {
  const credential = await identifyCredential(context);
  const client = await connect(context, undefined, readBudget(context));
  // Before the poll, because runs of a poll that fails afterwards are not returned again.
  const simplify = context.getNodeParameter('simplify', '');
  const isSimple = await client.guard(() =>
    Promise.resolve(readSimplify(simplify, SIMPLIFY_BY_DEFAULT)),
  );
  const runs = await (isTest
    ? readSample(client, context)
    : readFinished(client, credential, context));
  return isSimple ? runs.map((run) => pick(run, SIMPLIFIED_RESULT.finishedRun)) : runs;
}

/** @param credential from before the poll */
async function readFinished(
  client: DograhClient,
  credential: string,
  context: IPollFunctions,
): Promise<readonly CallResult[]> {
  const poller = `${context.getWorkflow().id} ${context.getNode().id}`;
  const filters = readFilters(context);
  const memory = new StagedMemory(context);
  const runs = await client.pollFinishedRuns({ poller, memory, filters });
  // n8n reads the credential again for each request. After a change, the next poll reads the runs again.
  if ((await identifyCredential(context)) !== credential) return [];
  memory.commit();
  return runs;
}

/** For a test in the editor. n8n does not save the memory of such a poll. */
async function readSample(
  client: DograhClient,
  context: IPollFunctions,
): Promise<readonly CallResult[]> {
  const run = await client.latestFinishedRun(readFilters(context));
  return run === undefined ? [] : [run];
}

function readFilters(context: IPollFunctions): FinishedRunFilters {
  const filters = { ...(context.getNodeParameter('filters', {}) as FinishedRunFilters) };
  return { ...filters, dispositions: locatorValue(filters.dispositions), labels: LABELS };
}

function readBudget(context: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>): number {
  return context.getPollBudgetMs?.() ?? DEFAULT_BUDGET_MS;
}

function noSampleError(context: IPollFunctions): NodeOperationError {
  return new NodeOperationError(context.getNode(), 'No finished call was found.', {
    description:
      'Place a call with one of your agents, wait until it ends, and try again. Or remove filters. This test checks only the last 300 calls. A published workflow starts with every call that passes the filters.',
  });
}
