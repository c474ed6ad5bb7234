import type { IExecuteFunctions, INode } from 'n8n-workflow';

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
