import { LoadOptionsContext } from 'n8n-core';
import {
  Workflow,
  type ICredentialDataDecryptedObject,
  type ILoadOptionsFunctions,
  type INode,
  type INodeParameters,
  type INodePropertyOptions,
} from 'n8n-workflow';
import { additionalData, DOGRAH_NODE, dograhNodeType, nodeTypes } from './n8n-host';

/** The entries of a dropdown in the form, loaded as n8n's server does. */
export async function loadOptions(
  methodName: string,
  path: string,
  parameters: INodeParameters,
  credentials: ICredentialDataDecryptedObject,
): Promise<INodePropertyOptions[]> {
  const context = await loadOptionsContext(path, parameters, credentials);
  const { methods } = await dograhNodeType();
  const method = methods?.loadOptions?.[methodName];
  if (method === undefined) throw new Error('The node has no such method.');
  return method.call(context);
}

/** The `this` of n8n's lists and dropdowns. */
export async function loadOptionsContext(
  path: string,
  parameters: INodeParameters,
  credentials: ICredentialDataDecryptedObject,
  type = DOGRAH_NODE,
): Promise<ILoadOptionsFunctions> {
  const node: INode = {
    id: 'dograh',
    name: 'Dograh',
    type,
    typeVersion: 1,
    position: [0, 0],
    parameters,
    credentials: { dograhApi: { id: '1', name: 'Dograh account' } },
  };
  const workflow = new Workflow({
    nodes: [node],
    connections: {},
    active: false,
    nodeTypes: await nodeTypes(),
  });
  // The editor sends the form with its expressions evaluated.
  const data = {
    ...(await additionalData(credentials, 'internal', '1')),
    currentNodeParameters: parameters,
  };
  return new LoadOptionsContext(workflow, node, data, path) as ILoadOptionsFunctions;
}
