import { InvalidInputError } from '@dograh/shared';
import type { IExecuteFunctions, INode, NodeApiError, NodeOperationError } from 'n8n-workflow';

/** n8n adds Tool to the type of a node that an AI agent uses. */
export function isTool({ type }: Pick<INode, 'type'>): boolean {
  return type.endsWith('Tool');
}

/**
 * Whether an agent runs this tool inside of its own run: an AI Agent up to version 2, the agent of another agent, or
 * the MCP Server Trigger. From version 3 on, n8n's engine runs the tools of an AI Agent like other nodes.
 */
export function isRunByAgent(context: Partial<IExecuteFunctions>): boolean {
  // Older versions of n8n do not have this function.
  return context.isToolExecution?.() ?? false;
}

/**
 * Refuses an operation that may call many people. A model chooses arguments, and may ask twice.
 * @throws InvalidInputError for a tool
 */
export function assertNoTool(node: INode, operation: string): void {
  if (!isTool(node)) return;
  throw new InvalidInputError({
    message: `An AI agent cannot use ${operation}, because a model would then decide who is called.`,
    hint: 'No number was dialed. Use the operation in a workflow without a model. For single calls, use Trigger Call.',
  });
}

/** From version 3 on, n8n passes on only the message to the model. */
export function forModel<T extends NodeApiError | NodeOperationError>(error: T, node: INode): T {
  if (isTool(node)) error.message = [error.message, error.description].filter(Boolean).join(' ');
  return error;
}
