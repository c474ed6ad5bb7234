import type { IConnection, INode, INodeParameters } from 'n8n-workflow';
import type { WorkflowFile } from './n8n-rest';

/** A workflow in which an AI Agent gets one row after the other and can call people with the Dograh node. */

export const CALL_TOOL = 'Call';

export interface AgentWorkflow {
  readonly path: string;
  /** IDs of the credentials. */
  readonly dograh: string;
  readonly model: string;
  /** Of the node AI Agent: 1.9, 2.2, 3 or 3.1. */
  readonly version: number;
  /** The options of the AI Agent. */
  readonly agentOptions?: INodeParameters | undefined;
  /** Changes of the parameters of the Dograh node. */
  readonly call?: INodeParameters | undefined;
  readonly toolSettings?: Partial<INode> | undefined;
  readonly toolName?: string | undefined;
  readonly agentSettings?: Partial<INode> | undefined;
  /** Whether the agent asks another agent, which has the tool. */
  readonly isNested?: boolean | undefined;
  /** The node after the agent. */
  readonly next?: Omit<INode, 'id' | 'position'> | undefined;
}

const AGENT = '@n8n/n8n-nodes-langchain.agent';

export function agentWorkflow(choice: AgentWorkflow): WorkflowFile {
  const { path, version, next, isNested = false, toolName = CALL_TOOL } = choice;
  const nodes: Omit<INode, 'id' | 'position'>[] = [
    {
      name: 'Webhook',
      type: 'n8n-nodes-base.webhook',
      typeVersion: 2,
      webhookId: crypto.randomUUID(),
      parameters: {
        path,
        httpMethod: 'POST',
        responseMode: 'lastNode',
        responseData: 'allEntries',
      },
    },
    {
      name: 'Rows',
      type: 'n8n-nodes-base.splitOut',
      typeVersion: 1,
      parameters: { fieldToSplitOut: 'body.rows' },
    },
    {
      name: 'AI Agent',
      type: AGENT,
      typeVersion: version,
      parameters: {
        promptType: 'define',
        text: '={{ $json.text }}',
        options: { enableStreaming: false, ...choice.agentOptions },
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
    {
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
        ...choice.call,
        options: {
          requireVariables: false,
          ...(choice.call?.['options'] as INodeParameters | undefined),
        },
      },
      credentials: { dograhApi: { id: choice.dograh, name: 'Dograh' } },
      ...choice.toolSettings,
    },
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
  return {
    name: path,
    // A tool keeps its ID when it is renamed.
    nodes: nodes.map((node, index) => ({
      ...node,
      id: node.name === toolName ? 'call-tool' : node.name,
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
}

function subAgent(version: number): Omit<INode, 'id' | 'position'> {
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
