import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  NodeHelpers,
  type IDataObject,
  type INode,
  type INodeType,
  type IVersionedNodeType,
} from 'n8n-workflow';
import { N8N_DIR } from '../e2e/install-n8n';
import { agentBy, callForm, variables } from '../n8n-node/call-form';
import { runDograhNode, runNode, type NodeOutcome } from '../n8n-node/engine';
import { nodeTypes } from '../n8n-node/n8n-host';
import type { DograhAddress } from './dograh-process';

/** Calls through n8n's engine, as a user would have them placed: one for each input item. */

export const TRIGGER = 'lead-qualifier';
const HTTP_REQUEST = 'n8n-nodes-base.httpRequest';

/** Items as a table of leads has them; each number is another one. */
export function leads(count: number): IDataObject[] {
  return Array.from({ length: count }, (_, index) => ({
    phone: phoneOf(index),
    name: `Person ${index}`,
    company: `Company ${index}`,
  }));
}

/** One of a million valid numbers of California. */
function phoneOf(index: number): string {
  const area = [213, 310, 323, 415, 510, 530, 559, 562, 619, 626][Math.floor(index / 100_000)];
  return `+1${area}2${String(index % 100_000).padStart(6, '0')}`;
}

/** How Initial Context is filled in: as one JSON expression, or as rows with an expression each. */
const CONTEXTS = {
  json: {
    contextMode: 'json',
    contextJson: '={{ { customer_name: $json.name, company: $json.company } }}',
  },
  pairs: {
    contextMode: 'pairs',
    contextPairs: variables(
      { name: 'customer_name', value: '={{ $json.name }}' },
      { name: 'company', value: '={{ $json.company }}' },
    ),
  },
};

interface NodeForm {
  readonly form?: keyof typeof CONTEXTS;
  readonly operation?: 'trigger' | 'triggerAndWait';
}

/** Our node, with so many calls being placed at once. */
export async function placeByNode(
  { url, apiKey }: DograhAddress,
  items: readonly IDataObject[],
  concurrency: number,
  { form = 'pairs', operation = 'trigger' }: NodeForm = {},
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

/** n8n's own HTTP Request node, which sends the requests of all items at once. */
export async function placeByHttpRequest(
  { url, apiKey }: DograhAddress,
  items: readonly IDataObject[],
  settings: Partial<INode> = {},
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
      sendHeaders: true,
      headerParameters: { parameters: [{ name: 'X-API-Key', value: apiKey }] },
      sendBody: true,
      specifyBody: 'json',
      jsonBody:
        '={{ { phone_number: $json.phone, initial_context: { customer_name: $json.name, company: $json.company } } }}',
      options: {},
    },
    ...settings,
  };
  return runNode(node, await nodeTypes({ [HTTP_REQUEST]: type }), {
    credentials: { baseUrl: url, apiKey },
    items,
  });
}

let loaded: { readonly type: INodeType; readonly version: number } | undefined;

/** From the n8n that `npm run e2e` installs; made once, as ours is. */
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
