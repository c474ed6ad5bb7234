import { parseChoice, type DograhClient } from '@dograh/shared';
import {
  NodeOperationError,
  type IDataObject,
  type INodeExecutionData,
  type IPollFunctions,
} from 'n8n-workflow';
import { connect, identifyCredential } from '../host/client';
import { toNodeError } from '../host/errors';
import { pick, readSimplify } from '../simplify-field';
import { EVENTS, type TriggerEvent } from './events';
import { SIMPLIFY_BY_DEFAULT } from './filter-fields';
import { StagedMemory } from './staged-memory';

/** The time that n8n gives a poll. Older versions of n8n do not tell it. */
const DEFAULT_BUDGET_MS = 5 * 60_000;

/** One item for each finished call or campaign. Null starts no execution. */
export async function pollForItems(
  context: IPollFunctions,
): Promise<INodeExecutionData[][] | null> {
  try {
    const isTest = context.getMode() === 'manual';
    const results = await readResults(context, isTest);
    return results.length === 0 ? null : [results.map((result) => ({ json: { ...result } }))];
  } catch (error) {
    throw toNodeError(error, context.getNode(), 0, '');
  }
}

async function readResults(context: IPollFunctions, isTest: boolean): Promise<readonly object[]> {
  const credential = await identifyCredential(context);
  const client = await connect(context, undefined, readBudget(context));
  // Before the poll, because what a poll found that fails afterwards is not returned again.
  const { event, isSimple } = await client.guard(() => Promise.resolve(readSettings(context)));
  const results: readonly object[] = await (isTest
    ? readSample(client, event, context)
    : readFinished(client, event, credential, context));
  if (!isSimple) return results;
  return results.map((result) => pick<object>(result, event.simplified as readonly never[]));
}

/** @throws InvalidInputError */
function readSettings(context: IPollFunctions) {
  const values = EVENTS.map(({ option }) => option.value);
  const value = parseChoice('Event', context.getNodeParameter('event', values[0]), values);
  return {
    event: EVENTS.find(({ option }) => option.value === value) ?? EVENTS[0],
    isSimple: readSimplify(context.getNodeParameter('simplify', ''), SIMPLIFY_BY_DEFAULT),
  };
}

/** @param credential from before the poll */
async function readFinished(
  client: DograhClient,
  event: TriggerEvent,
  credential: string,
  context: IPollFunctions,
): Promise<readonly object[]> {
  const poller = `${context.getWorkflow().id} ${context.getNode().id} ${event.option.value}`;
  const others = EVENTS.filter((other) => other !== event).map((other) => other.memory);
  const memory = new StagedMemory(context, event.memory, others);
  const results = await event.poll(client, { poller, memory }, readFilters(context));
  // n8n reads the credential again for each request. After a change, the next poll reads the same again.
  if ((await identifyCredential(context)) !== credential) return [];
  memory.commit();
  return results;
}

/** For a test in the editor. n8n does not save the memory of such a poll. */
async function readSample(
  client: DograhClient,
  event: TriggerEvent,
  context: IPollFunctions,
): Promise<readonly object[]> {
  const latest = await event.latest(client, readFilters(context));
  if (latest !== undefined) return [latest];
  const { message, description } = event.noExample;
  throw new NodeOperationError(context.getNode(), message, { description });
}

function readFilters(context: IPollFunctions): IDataObject {
  return context.getNodeParameter('filters', {}) as IDataObject;
}

function readBudget(context: Partial<Pick<IPollFunctions, 'getPollBudgetMs'>>): number {
  return context.getPollBudgetMs?.() ?? DEFAULT_BUDGET_MS;
}
