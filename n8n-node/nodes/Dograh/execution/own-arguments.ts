import { InvalidInputError } from '@dograh/shared';
import type { IExecuteFunctions, IWorkflowDataProxyData } from 'n8n-workflow';
import { isRunByAgent } from './tool';

/**
 * Refuses a request of a model if n8n mixed up its arguments with those of another request.
 *
 * Up to version 2, the AI Agent can work on several rows or with several sub-agents at the same time. n8n numbers the
 * requests of each of them from the same number on. `$fromAI` then returns the arguments of another row. The node would
 * dial another number than the one that the model asked for.
 * @throws InvalidInputError
 */
export function assertOwnArguments(context: IExecuteFunctions): void {
  if (!isRunByAgent(context)) return;
  const [own] = context.getInputData();
  const proxy = context.getWorkflowDataProxy(0);
  const isOwn = Object.entries(own?.json ?? {}).every(([name, value]) => {
    const read = fromAi(proxy, name);
    return read === UNREADABLE || JSON.stringify(read) === JSON.stringify(value);
  });
  if (isOwn) return;
  throw new InvalidInputError({
    message:
      'n8n mixed up this request with another one. The AI Agent works on several rows or with several agents at the same time. No number was dialed.',
    hint: 'Use version 3 or later of the AI Agent. In version 2, set Batch Size (Options, Batch Processing) to 1, and do not use an agent as the tool of an agent.',
  });
}

const UNREADABLE = Symbol('unreadable');

/** n8n refuses some names, and does not know the arguments of every kind of tool. */
function fromAi(proxy: IWorkflowDataProxyData, name: string): unknown {
  try {
    return (proxy['$fromAI'] as (name: string) => unknown)(name);
  } catch {
    return UNREADABLE;
  }
}
