import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  NodeHelpers,
  type IDataObject,
  type INode,
  type INodeParameters,
  type INodeType,
  type IVersionedNodeType,
} from 'n8n-workflow';
import { N8N_DIR } from '../n8n-server/install-n8n';
import { agentBy, callForm, variables } from '../hosts/n8n/call-form';
import { runDograhNode, runNode, type NodeOutcome } from '../hosts/n8n/engine';
import { nodeTypes } from '../hosts/n8n/n8n-host';
import type { DograhAddress } from './dograh-process';

/** Calls through n8n's engine, one for each input item. */

export const TRIGGER = 'lead-qualifier';
const HTTP_REQUEST = 'n8n-nodes-base.httpRequest';

/** Items like the rows of a table of leads, each with another number. */
export function leads(count: number): IDataObject[] {
  return Array.from({ length: count }, (_, index) => ({
    phone: phoneOf(index),
    name: `Person ${index}`,
    company: `Company ${index}`,
  }));
}

/** One of a million valid numbers in California. */
function phoneOf(index: number): string {
  const area = [213, 310, 323, 415, 510, 530, 559, 562, 619, 626][Math.floor(index / 100_000)];
  return `+1${area}2${String(index % 100_000).padStart(6, '0')}`;
}

/** How either node gets its body: as JSON in one expression, or as fields with one expression each. */
export type Form = 'json' | 'fields';

const CONTEXTS: Readonly<Record<Form, INodeParameters>> = {
  json: {
    contextMode: 'json',
    contextJson: '={{ { customer_name: $json.name, company: $json.company } }}',
  },
  fields: {
    contextMode: 'pairs',
    contextPairs: variables(
      { name: 'customer_name', value: '={{ $json.name }}' },
      { name: 'company', value: '={{ $json.company }}' },
    ),
  },
};

const HTTP_BODIES: Readonly<Record<Form, INodeParameters>> = {
  json: {
    specifyBody: 'json',
    jsonBody:
      '={{ { phone_number: $json.phone, initial_context: { customer_name: $json.name, company: $json.company } } }}',
  },
  fields: {
    specifyBody: 'keypair',
    bodyParameters: {
      parameters: [
        { name: 'phone_number', value: '={{ $json.phone }}' },
        { name: 'initial_context.customer_name', value: '={{ $json.name }}' },
        { name: 'initial_context.company', value: '={{ $json.company }}' },
      ],
    },
  },
};

interface NodeForm {
  readonly form?: Form;
  readonly operation?: 'trigger' | 'triggerAndWait';
}

/** Places calls through our node, at most `concurrency` at once. */
export async function placeByNode(
  { url, apiKey }: DograhAddress,
  items: readonly IDataObject[],
  concurrency: number,
  { form = 'fields', operation = 'trigger' }: NodeForm = {},
): Promise<NodeOutcome> {
  return runDograhNode({
    credentials: { baseUrl: url, apiKey },
    items,
    parameters: callForm({
      operation,
      agent: agentBy('triggerId', TRIGGER),
      phoneNumber: '={{ $json.phone }}',
      ...CONTEXTS[form],
      options: { concurrency },
    }),
  });
}

interface HttpForm {
  readonly form?: Form;
  readonly options?: INodeParameters;
  /** The "Settings" tab of the node. */
  readonly settings?: Partial<INode>;
}

/**
 * Places calls through n8n's own HTTP Request node. Without Batching, it sends the requests of all items at once. The
 * key is in a Header Auth credential, where n8n keeps secrets.
 */
export async function placeByHttpRequest(
  { url, apiKey }: DograhAddress,
  items: readonly IDataObject[],
  { form = 'json', options = {}, settings }: HttpForm = {},
): Promise<NodeOutcome> {
  const { type, version } = httpRequest();
  const node: INode = {
    id: 'http',
    name: 'HTTP Request',
    type: HTTP_REQUEST,
    typeVersion: version,
    position: [200, 0],
    parameters: {
      method: 'POST',
      url: `${url}/api/v1/public/agent/${TRIGGER}`,
      authentication: 'genericCredentialType',
      genericAuthType: 'httpHeaderAuth',
      sendBody: true,
      ...HTTP_BODIES[form],
      options,
    },
    credentials: { httpHeaderAuth: { id: '2', name: 'Header Auth account' } },
    ...settings,
  };
  return runNode(node, await nodeTypes({ [HTTP_REQUEST]: type }), {
    credentials: { name: 'X-API-Key', value: apiKey },
    items,
  });
}

let loaded: { readonly type: INodeType; readonly version: number } | undefined;

/** From the n8n that `npm run e2e` installs. Created once, like our node. */
function httpRequest(): { readonly type: INodeType; readonly version: number } {
  return (loaded ??= loadHttpRequest());
}

function loadHttpRequest(): { readonly type: INodeType; readonly version: number } {
  const file = join(
    N8N_DIR,
    'node_modules/n8n-nodes-base/dist/nodes/HttpRequest/HttpRequest.node.js',
  );
  if (!existsSync(file)) throw new Error('n8n is not installed.');
  const { HttpRequest } = createRequire(__filename)(file) as {
    HttpRequest: new () => IVersionedNodeType;
  };
  const versions = new HttpRequest();
  const version = versions.currentVersion;
  return { type: NodeHelpers.getVersionedNodeType(versions, version), version };
}
