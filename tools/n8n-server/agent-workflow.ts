import type { IConnection, INode, INodeParameters } from 'n8n-workflow';
import type { WorkflowFile } from './n8n-rest';
import { loopOver } from './workflow-edits';
import { rows, webhook, type NewNode } from './workflow-nodes';

/** A workflow in which an AI Agent gets one row after the other and can call people with the Dograh node. */

export const CALL_TOOL = 'Call';

/** The Dograh node as a tool that calls the number of the model. */
export interface CallTool {
  /** The ID of its credential. */
  readonly dograh: string;
  /** Changes of its parameters. */
  readonly call?: INodeParameters | undefined;
  readonly toolName?: string | undefined;
  readonly toolSettings?: Partial<INode> | undefined;
}

export interface AgentWorkflow extends CallTool {
  readonly path: string;
  /** The ID of the credential of the chat model. */
  readonly model: string;
  /** Of the node AI Agent: 1.9, 2.2, 3 or 3.1. */
  readonly version: number;
  /** The options of the AI Agent. */
  readonly agentOptions?: INodeParameters | undefined;
  readonly agentSettings?: Partial<INode> | undefined;
  /** Whether the agent asks another agent, which has the tool. */
  readonly isNested?: boolean | undefined;
  /** Whether Loop Over Items gives the agent one row after the other. */
  readonly isLooped?: boolean | undefined;
  /** Whether the webhook responds with a stream. Then the agent asks the model for a stream, too. */
  readonly isStreamed?: boolean | undefined;
  /** The node after the agent. */
  readonly next?: NewNode | undefined;
}

const AGENT = '@n8n/n8n-nodes-langchain.agent';
/** A tool keeps its ID when it is renamed. */
const TOOL_ID = 'call-tool';

export function agentWorkflow(choice: AgentWorkflow): WorkflowFile {
  const { path, version, next, isNested = false, toolName = CALL_TOOL } = choice;
  const { isStreamed = false } = choice;
  const nodes: NewNode[] = [
    isStreamed ? webhook(path, { responseMode: 'streaming' }) : webhook(path),
    rows,
    {
      name: 'AI Agent',
      type: AGENT,
      typeVersion: version,
      parameters: {
        promptType: 'define',
        text: '={{ $json.text }}',
        options: { enableStreaming: isStreamed, ...choice.agentOptions },
      },
      ...choice.agentSettings,
    },
    {
      name: 'Model',
      type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
      typeVersion: 1.3,
      parameters: {
        model: { __rl: true, mode: 'list', value: 'gpt-5-mini' },
        responsesApiEnabled: false,
        options: { maxRetries: 0 },
      },
      credentials: { openAiApi: { id: choice.model, name: 'Model' } },
    },
    callTool(choice),
    ...(isNested ? [subAgent(version)] : []),
    ...(next === undefined ? [] : [next]),
  ];
  const to = (node: string, type: IConnection['type'] = 'main'): IConnection => ({
    node,
    type,
    index: 0,
  });
  const models = isNested
    ? [to('AI Agent', 'ai_languageModel'), to('Caller', 'ai_languageModel')]
    : [to('AI Agent', 'ai_languageModel')];
  const workflow: WorkflowFile = {
    name: path,
    nodes: nodes.map((node, index) => ({
      ...node,
      id: node.name === toolName ? TOOL_ID : node.name,
      position: [index * 200, 0],
    })),
    connections: {
      Webhook: { main: [[to('Rows')]] },
      Rows: { main: [[to('AI Agent')]] },
      Model: { ai_languageModel: [models] },
      [toolName]: { ai_tool: [[to(isNested ? 'Caller' : 'AI Agent', 'ai_tool')]] },
      ...(isNested && { Caller: { ai_tool: [[to('AI Agent', 'ai_tool')]] } }),
      ...(next && { 'AI Agent': { main: [[to(next.name)]] } }),
    },
  };
  return choice.isLooped === true ? loopOver(workflow, 'AI Agent', 1) : workflow;
}

/** An MCP server that has only this tool. */
export function mcpWorkflow(path: string, tool: CallTool): WorkflowFile {
  const trigger: NewNode = {
    name: 'MCP Server Trigger',
    type: '@n8n/n8n-nodes-langchain.mcpTrigger',
    typeVersion: 2.1,
    webhookId: crypto.randomUUID(),
    parameters: { path },
  };
  const node = callTool(tool);
  return {
    name: path,
    nodes: [
      { ...trigger, id: 'mcp', position: [0, 0] },
      { ...node, id: TOOL_ID, position: [0, 200] },
    ],
    connections: {
      [node.name]: { ai_tool: [[{ node: trigger.name, type: 'ai_tool', index: 0 }]] },
    },
  };
}

function callTool({ dograh, call, toolName = CALL_TOOL, toolSettings }: CallTool): NewNode {
  return {
    name: toolName,
    type: 'n8n-nodes-dograh.dograhTool',
    typeVersion: 1,
    parameters: {
      descriptionType: 'manual',
      toolDescription: 'Calls a person.',
      resource: 'call',
      operation: 'trigger',
      agent: { __rl: true, mode: 'triggerId', value: 'lead-qualifier' },
      phoneNumber: "={{ $fromAI('phone_number', 'The number to call', 'string') }}",
      ...call,
      options: {
        requireVariables: false,
        ...(call?.['options'] as INodeParameters | undefined),
      },
    },
    credentials: { dograhApi: { id: dograh, name: 'Dograh' } },
    ...toolSettings,
  };
}

function subAgent(version: number): NewNode {
  return {
    name: 'Caller',
    type: '@n8n/n8n-nodes-langchain.agentTool',
    typeVersion: version < 3 ? 2.2 : 3,
    parameters: {
      toolDescription: 'An agent that calls people.',
      text: "={{ $fromAI('task', 'What to do', 'string') }}",
      options: {},
    },
  };
}
