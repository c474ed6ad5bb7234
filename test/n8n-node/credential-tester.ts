import '../../tools/hosts/n8n/n8n-environment';
import { RoutingNode } from 'n8n-core';
import type { ICredentialTestRequest, INodeType } from 'n8n-workflow';
import { dograhCredentialType, executeContext } from '../../tools/hosts/n8n/n8n-host';

export interface Verdict {
  readonly status: 'OK' | 'Error';
  readonly message: string;
}

/**
 * The result of "Test" in n8n's credential dialog. n8n's own RoutingNode sends the request. The result is read as in
 * n8n's server (credentials-tester.service.ts), because the engine does not contain this code.
 */
export async function testDograhCredential(data: {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly dashboardUrl?: string;
  /** n8n's own field, which limits the hosts that the HTTP Request node may use with the credential. */
  readonly allowedHttpRequestDomains?: 'all' | 'domains' | 'none';
  readonly allowedDomains?: string;
}): Promise<Verdict> {
  const { test } = await dograhCredentialType();
  if (test === undefined) throw new Error('The credential has no test');
  try {
    return verdictOnBody(test, await send(test, data));
  } catch (error) {
    return verdictOnFailure(test, error as Failure);
  }
}

interface Failure {
  readonly message: string;
  readonly cause?: {
    readonly code?: string;
    readonly response?: { readonly status: number; readonly statusText: string };
  };
}

async function send(
  { request }: ICredentialTestRequest,
  data: { apiKey: string; baseUrl: string; dashboardUrl?: string },
): Promise<unknown> {
  const nodeType: INodeType = {
    description: {
      displayName: 'No Operation',
      name: 'n8n-nodes-base.noOp',
      group: ['organization'],
      version: 1,
      description: '',
      defaults: {},
      inputs: ['main'],
      outputs: ['main'],
      credentials: [{ name: 'dograhApi', required: true }],
      properties: [
        { displayName: 'Temp', name: 'temp', type: 'string', default: '', routing: { request } },
      ],
    },
  };
  const routing = new RoutingNode(await executeContext(data, undefined, nodeType), nodeType, {
    id: '1',
    name: 'Dograh account',
    type: 'dograhApi',
    data,
  });
  const items = await routing.runNode();
  return items?.[0]?.[0]?.json;
}

function verdictOnBody({ rules = [] }: ICredentialTestRequest, body: unknown): Verdict {
  for (const rule of rules) {
    if (rule.type !== 'responseSuccessBody') continue;
    const { key, value, message } = rule.properties;
    if (Reflect.get(Object(body) as object, key) === value) return { status: 'Error', message };
  }
  return { status: 'OK', message: 'Connection successful!' };
}

function verdictOnFailure({ rules = [] }: ICredentialTestRequest, error: Failure): Verdict {
  const { response, code } = error.cause ?? {};
  if (response === undefined) return { status: 'Error', message: code ?? error.message };
  const rule = rules.find(
    ({ type, properties }) => type === 'responseCode' && properties.value === response.status,
  );
  return { status: 'Error', message: rule?.properties.message ?? response.statusText };
}
