import './n8n-environment';
import { WorkflowExecute } from 'n8n-core';
import {
  createRunExecutionData,
  Workflow,
  type ExecutionError,
  type IConnection,
  type ICredentialDataDecryptedObject,
  type INode,
  type INodeExecutionData,
  type IDataObject,
  type INodeParameters,
  type INodeTypes,
  type IRun,
  type IRunExecutionData,
} from 'n8n-workflow';
import { inspect } from 'node:util';
import { additionalData, DOGRAH_NODE, ITEMS_NODE, nodeTypes } from './n8n-host';

/** One execution of a workflow with two nodes: one that holds items, and the Dograh node. */
export interface NodeRun {
  /** As the editor stores them. A missing parameter has the node's default. */
  readonly parameters: INodeParameters;
  readonly credentials: {
    readonly apiKey: string;
    readonly baseUrl: string;
    readonly dashboardUrl?: string;
  };
  /** Default: one empty item. */
  readonly items?: readonly IDataObject[];
  /** The "Settings" tab of the node. */
  readonly settings?: Partial<
    Pick<INode, 'onError' | 'executeOnce' | 'retryOnFail' | 'maxTries' | 'waitBetweenTries'>
  >;
  /** For a node that was replaced. */
  readonly id?: string;
  /** Stops the execution when this promise is settled. */
  readonly stopWhen?: Promise<unknown>;
  /** Retries this failed execution, as from n8n's list of executions. */
  readonly retryOf?: NodeOutcome;
  /** Retries this execution as if n8n had been killed during the node: from the start, with the same items. */
  readonly afterCrashOf?: NodeOutcome;
  /** How often the workflow comes to the node. Default 1. */
  readonly passes?: number;
}

export interface NodeOutcome {
  readonly status: IRun['status'];
  /** The output items by output. A node with an error output has a second one for failures. */
  readonly outputs: readonly (readonly INodeExecutionData[])[];
  /** The first output of each time that the workflow came to the node. */
  readonly passes: readonly (readonly INodeExecutionData[])[];
  /** The error that stopped the node, as n8n stores and shows it. */
  readonly error: ExecutionError | undefined;
  /** Everything that n8n stores about the execution. */
  readonly data: IRunExecutionData;
}

const START: INode = {
  id: 'items',
  name: 'Items',
  type: ITEMS_NODE,
  typeVersion: 1,
  position: [0, 0],
  parameters: {},
};

/** Runs the built package in n8n's real engine. */
export async function runDograhNode(run: NodeRun): Promise<NodeOutcome> {
  return runNode(dograhNode(run), await nodeTypes(), run);
}

/** Runs a node of any type in n8n's real engine. */
export async function runNode(
  node: INode,
  types: INodeTypes,
  run: Omit<NodeRun, 'parameters' | 'settings' | 'credentials'> & {
    /** The values of every credential of the node. */
    readonly credentials: ICredentialDataDecryptedObject;
  },
): Promise<NodeOutcome> {
  const mode = (run.retryOf ?? run.afterCrashOf) === undefined ? 'trigger' : 'retry';
  const executionId = String((executions += 1));
  const execution = new WorkflowExecute(
    await additionalData(run.credentials, mode, executionId),
    mode,
    startData(run, node),
  ).processRunExecutionData(workflowOf(node, types, run.passes ?? 1));
  void run.stopWhen?.then(() => {
    execution.cancel();
  });
  const { data, status } = await execution;
  const tasks = data.resultData.runData[node.name] ?? [];
  const outputs = tasks.at(-1)?.data?.['main'] ?? [];
  return {
    status,
    outputs: outputs.map((items) => items ?? []),
    passes: tasks.map((task) => task.data?.['main']?.[0] ?? []),
    error: data.resultData.error,
    data,
  };
}

let executions = 0;

/** All text in the values, including hidden properties. Use it to search for secrets. */
export function everythingIn(...values: unknown[]): string {
  return inspect(values, { depth: Infinity, showHidden: true, maxArrayLength: null });
}

function dograhNode({ parameters, settings, id = 'dograh' }: NodeRun): INode {
  return {
    id,
    name: 'Dograh',
    type: DOGRAH_NODE,
    typeVersion: 1,
    position: [200, 0],
    parameters,
    credentials: { dograhApi: { id: '1', name: 'Dograh account' } },
    ...settings,
  };
}

function workflowOf(node: INode, types: INodeTypes, passes: number): Workflow {
  const ways = Array.from({ length: passes }, (_, index) => ({ ...START, name: `Way ${index}` }));
  const to = (name: string): IConnection => ({ node: name, type: 'main', index: 0 });
  return new Workflow({
    id: 'workflow',
    nodes: [START, ...ways, node],
    connections: {
      Items: { main: [ways.map(({ name }) => to(name))] },
      ...Object.fromEntries(ways.map(({ name }) => [name, { main: [[to(node.name)]] }])),
    },
    active: false,
    nodeTypes: types,
    settings: { executionOrder: 'v1' },
  });
}

function freshData(items: readonly IDataObject[]): IRunExecutionData {
  const main = [items.map((json) => ({ json }))];
  return createRunExecutionData({
    executionData: { nodeExecutionStack: [{ node: START, data: { main }, source: null }] },
  });
}

function startData(
  { items = [{}], retryOf, afterCrashOf }: Pick<NodeRun, 'items' | 'retryOf' | 'afterCrashOf'>,
  node: INode,
): IRunExecutionData {
  if (retryOf !== undefined) return dataToRetry(retryOf, node);
  const data = freshData(items);
  if (afterCrashOf === undefined) return data;
  const { runtimeData } = afterCrashOf.data.executionData ?? {};
  if (data.executionData !== undefined && runtimeData !== undefined) {
    data.executionData.runtimeData = runtimeData;
  }
  // n8n's log tells that the node ran. So n8n counts one run more.
  data.resultData.runData[node.name] = [{ ...ARTIFICIAL_TASK, data: { main: [[]] } }];
  return data;
}

const ARTIFICIAL_TASK = { startTime: 0, executionTime: 0, executionIndex: 0, source: [null] };

/** Prepares a failed execution for a retry with the saved workflow, as n8n's server does. */
function dataToRetry({ data }: NodeOutcome, node: INode): IRunExecutionData {
  const copy = structuredClone(JSON.parse(JSON.stringify(data)) as IRunExecutionData);
  delete copy.resultData.error;
  copy.resultData.runData[node.name]?.pop();
  for (const entry of copy.executionData?.nodeExecutionStack ?? []) entry.node = node;
  return copy;
}
