import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { SupplyDataContext } from 'n8n-core';
import {
  createRunExecutionData,
  Workflow,
  type IDataObject,
  type INode,
  type INodeParameters,
  type INodeType,
  type IRunExecutionData,
  type WorkflowExecuteMode,
} from 'n8n-workflow';
import { callForm, credentialsFor } from '../../tools/hosts/n8n/call-form';
import {
  additionalData,
  DOGRAH_NODE,
  dograhNodeType,
  ITEMS_NODE,
  nodeTypes,
} from '../../tools/hosts/n8n/n8n-host';
import type { Simulator } from '../../tools/simulator';

/** The tool that a model sees and calls. */
export interface Tool {
  readonly description: string;
  readonly schema: { readonly shape: Record<string, { readonly description?: string }> };
  invoke(args: object): Promise<unknown>;
}

interface EngineParts {
  readonly makeHandleToolInvocation: (
    contextFor: (runIndex: number) => SupplyDataContext,
    node: INode,
    type: INodeType,
    data: object,
  ) => (args: object) => Promise<unknown>;
  readonly createNodeAsTool: (options: {
    node: INode;
    nodeType: INodeType;
    handleToolInvocation: (args: object) => Promise<unknown>;
  }) => { response: Tool };
}

/** The execution in which an agent uses the tool. */
export interface Execution {
  /** What n8n stores. Tools with the same data are in the same execution, or in its retry. */
  readonly data?: IRunExecutionData;
  /** Undefined for the MCP Server Trigger. */
  readonly executionId?: string | undefined;
  readonly mode?: WorkflowExecuteMode;
  /** Another node of the workflow that has run, with the items of its output. */
  readonly before?: { readonly name: string; readonly items: readonly IDataObject[] };
  /** Default: those of the simulator. */
  readonly credentials?: { readonly apiKey: string; readonly baseUrl: string };
}

/** The node as a tool with only the arguments that `$fromAI` names. */
export async function tool(
  simulator: Simulator,
  parameters: INodeParameters = callForm(),
  settings: Partial<INode> = {},
  execution: Execution = {},
): Promise<Tool> {
  const { data = createRunExecutionData(), mode = 'trigger', before } = execution;
  const executionId = 'executionId' in execution ? execution.executionId : '7';
  const type = await toolType();
  const node: INode = {
    id: 'dograh',
    name: 'Dograh',
    // n8n creates this type for every node that can be a tool.
    type: `${DOGRAH_NODE}Tool`,
    typeVersion: 1,
    position: [0, 0],
    parameters,
    credentials: { dograhApi: { id: '1', name: 'Dograh account' } },
    ...settings,
  };
  const known = await nodeTypes();
  const find = (name: string): INodeType =>
    name === node.type ? type : known.getByNameAndVersion(name);
  const earlier = before === undefined ? [] : [nodeBefore(before.name)];
  if (before !== undefined) {
    const main = [before.items.map((json) => ({ json }))];
    const task = { startTime: 0, executionTime: 0, executionIndex: 0, source: [] };
    data.resultData.runData[before.name] = [{ ...task, data: { main } }];
  }
  const workflow = new Workflow({
    nodes: [...earlier, node],
    connections: {},
    active: false,
    nodeTypes: { ...known, getByName: find, getByNameAndVersion: find },
  });
  const credentials = execution.credentials ?? credentialsFor(simulator);
  const additional = await additionalData(credentials, mode, executionId);
  const items = [{ json: {} }];
  const contextFor = (runIndex: number): SupplyDataContext =>
    new SupplyDataContext(
      workflow,
      node,
      additional,
      mode,
      data,
      runIndex,
      items,
      { main: [items] },
      'ai_tool',
      { node, data: {}, source: null },
      [],
    );
  const { makeHandleToolInvocation, createNodeAsTool } = await engineParts();
  return createNodeAsTool({
    node,
    nodeType: type,
    handleToolInvocation: makeHandleToolInvocation(contextFor, node, type, data),
  }).response;
}

function nodeBefore(name: string): INode {
  const position: INode['position'] = [0, 0];
  return { id: name, name, type: ITEMS_NODE, typeVersion: 1, position, parameters: {} };
}

/** The node type that n8n's server makes of every node that can be a tool. */
export async function toolType(): Promise<INodeType> {
  const type = await dograhNodeType();
  const { description } = type;
  const ofTool: INodeType['description'] = {
    ...description,
    name: `${description.name}Tool`,
    displayName: `${description.displayName} Tool`,
    inputs: [],
    outputs: ['ai_tool'],
  };
  return Object.create(type, { description: { value: ofTool } }) as INodeType;
}

/** Parts of n8n's engine that its package does not export. */
function engineParts(): Promise<EngineParts> {
  const load = createRequire(__filename);
  const core = dirname(load.resolve('n8n-core/package.json'));
  const utils = join(core, 'dist/execution-engine/node-execution-context/utils');
  return Promise.resolve({
    ...(load(join(utils, 'get-input-connection-data.js')) as EngineParts),
    ...(load(join(utils, 'create-node-as-tool.js')) as EngineParts),
  });
}
