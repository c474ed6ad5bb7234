import './n8n-environment';
import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ExecuteContext, ExecutionLifecycleHooks, PackageDirectoryLoader } from 'n8n-core';
import {
  createRunExecutionData,
  NodeHelpers,
  Workflow,
  type ICredentialDataDecryptedObject,
  type ICredentialType,
  type INode,
  type INodeType,
  type INodeTypes,
  type IWorkflowBase,
  type IWorkflowExecuteAdditionalData,
  type WorkflowExecuteMode,
} from 'n8n-workflow';
import { StoredCredential } from './stored-credential';

/** The parts of n8n's server that the engine needs to run one node. */

export const PACKAGE_DIR = join(__dirname, '../../../n8n-node');
export const DOGRAH_NODE = 'n8n-nodes-dograh.dograh';
export const TRIGGER_NODE = 'n8n-nodes-dograh.dograhTrigger';
export const ITEMS_NODE = 'test.items';

let loaded: Promise<PackageDirectoryLoader> | undefined;

/** The built package, loaded by n8n's own loader from its manifest. */
export function loadPackage(): Promise<PackageDirectoryLoader> {
  if (!existsSync(join(PACKAGE_DIR, 'dist'))) {
    throw new Error('n8n-node/dist is missing. Run "npm run build" first.');
  }
  loaded ??= load();
  return loaded;
}

async function load(): Promise<PackageDirectoryLoader> {
  const loader = new PackageDirectoryLoader(PACKAGE_DIR);
  await loader.loadAll();
  return loader;
}

export async function dograhNodeType(name = 'dograh'): Promise<INodeType> {
  const { type } = (await loadPackage()).getNode(name);
  return NodeHelpers.getVersionedNodeType(type);
}

export async function dograhCredentialType(): Promise<ICredentialType> {
  return (await loadPackage()).getCredential('dograhApi').type;
}

/** Outputs the start items of the workflow. */
const itemsNode: INodeType = {
  description: {
    displayName: 'Items',
    name: 'items',
    group: ['trigger'],
    version: 1,
    description: '',
    defaults: {},
    inputs: [],
    outputs: ['main'],
    properties: [],
  },
  execute() {
    return Promise.resolve([this.getInputData()]);
  },
};

/** @param others more node types by name */
export async function nodeTypes(
  others: Readonly<Record<string, INodeType>> = {},
): Promise<INodeTypes> {
  const known: Record<string, INodeType> = {
    [DOGRAH_NODE]: await dograhNodeType(),
    [TRIGGER_NODE]: await dograhNodeType('dograhTrigger'),
    [ITEMS_NODE]: itemsNode,
    ...others,
  };
  const find = (name: string): INodeType => {
    const type = known[name];
    if (type === undefined) throw new Error(`No node type ${name}`);
    return type;
  };
  return { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) };
}

/** The addresses of n8n. None of them exists here. */
const ADDRESSES = [
  'restApiUrl',
  'instanceBaseUrl',
  'webhookBaseUrl',
  'webhookWaitingBaseUrl',
  'webhookTestBaseUrl',
  'formBaseUrl',
  'formWaitingBaseUrl',
  'formTestBaseUrl',
  'mcpBaseUrl',
  'mcpTestBaseUrl',
];

export async function additionalData(
  credentials: ICredentialDataDecryptedObject,
  mode: WorkflowExecuteMode,
  executionId: string | undefined,
): Promise<IWorkflowExecuteAdditionalData> {
  const workflowData = { id: 'workflow', name: 'Test' } as IWorkflowBase;
  return {
    credentialsHelper: new StoredCredential(await dograhCredentialType(), credentials),
    hooks: new ExecutionLifecycleHooks(mode, executionId ?? '', workflowData),
    executionId,
    currentNodeExecutionIndex: 0,
    variables: {},
    ...Object.fromEntries(ADDRESSES.map((name) => [name, 'http://n8n.invalid'])),
  } as unknown as IWorkflowExecuteAdditionalData;
}

/** The `this` of a node outside of an execution. */
export async function executeContext(
  credentials: ICredentialDataDecryptedObject,
  signal?: AbortSignal,
  nodeType?: INodeType,
): Promise<ExecuteContext> {
  const type = nodeType ?? (await dograhNodeType());
  const find = (): INodeType => type;
  const node: INode = {
    id: 'node',
    name: 'Node',
    type: type.description.name,
    typeVersion: 1,
    position: [0, 0],
    parameters: {},
    credentials: { dograhApi: { id: '1', name: 'Dograh account' } },
  };
  const workflow = new Workflow({
    nodes: [node],
    connections: {},
    active: false,
    nodeTypes: { getByName: find, getByNameAndVersion: find, getKnownTypes: () => ({}) },
  });
  return new ExecuteContext(
    workflow,
    node,
    await additionalData(credentials, 'internal', '1'),
    'internal',
    createRunExecutionData(),
    0,
    [],
    { main: [[{ json: {} }]] },
    { node, data: {}, source: null },
    [],
    signal,
  );
}
