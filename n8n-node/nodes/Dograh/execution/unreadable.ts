import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

/** For an expression that cannot be evaluated. The context of the error tells the editor which parameter it is. */
export function unreadableError(
  context: IExecuteFunctions,
  itemIndex: number,
  cause: unknown,
): NodeOperationError {
  const error = cause instanceof Error ? cause : new Error(String(cause));
  return new NodeOperationError(context.getNode(), error, { itemIndex });
}
