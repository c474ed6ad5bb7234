import type { IConnections, INode, INodeParameters } from 'n8n-workflow';
import type { WorkflowFile } from '../../tools/n8n-server/n8n-rest';

/** A node as n8n's editor stores it, without its ID and its position. */
export type NodeOf = Omit<INode, 'id' | 'position'>;

/** @param to for each node, the names of the next nodes, output by output */
export function workflowOf(
  name: string,
  nodes: readonly NodeOf[],
  to: Readonly<Record<string, readonly (readonly string[])[]>>,
  settings: WorkflowFile['settings'] = {},
): WorkflowFile {
  const connections: IConnections = Object.fromEntries(
    Object.entries(to).map(([from, outputs]) => [
      from,
      { main: outputs.map((names) => names.map((node) => ({ node, type: 'main', index: 0 }))) },
    ]),
  );
  return {
    name,
    nodes: nodes.map((node, index) => ({ ...node, id: node.name, position: [index * 200, 0] })),
    connections,
    settings,
  };
}

/** Responds with the items of the last node. */
export function webhook(path: string): NodeOf {
  return {
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
  };
}

/** One item for each row in the request. */
export const rows: NodeOf = {
  name: 'Rows',
  type: 'n8n-nodes-base.splitOut',
  typeVersion: 1,
  parameters: { fieldToSplitOut: 'body.rows' },
};

export function nothing(name: string): NodeOf {
  return { name, type: 'n8n-nodes-base.noOp', typeVersion: 1, parameters: {} };
}

/** One output for each value of the expression. */
export function switchOn(expression: string, values: readonly string[]): NodeOf {
  return {
    name: 'Switch',
    type: 'n8n-nodes-base.switch',
    typeVersion: 3.2,
    parameters: {
      rules: {
        values: values.map((value) => ({
          conditions: {
            options: { caseSensitive: true, leftValue: '', typeValidation: 'strict', version: 2 },
            conditions: [
              {
                leftValue: expression,
                rightValue: value,
                operator: { type: 'string', operation: 'equals' },
              },
            ],
            combinator: 'and',
          },
        })),
      },
    },
  };
}

/** Calls the number of each row with the simulator's lead qualifier, and does not require its variables. */
export function dograh(credentialId: string, parameters: INodeParameters = {}): NodeOf {
  const options = { requireVariables: false, ...(parameters['options'] as INodeParameters) };
  return {
    name: 'Dograh',
    type: 'n8n-nodes-dograh.dograh',
    typeVersion: 1,
    parameters: {
      resource: 'call',
      operation: 'trigger',
      agent: { __rl: true, mode: 'triggerId', value: 'lead-qualifier' },
      phoneNumber: '={{ $json.phone }}',
      ...parameters,
      options,
    },
    credentials: { dograhApi: { id: credentialId, name: 'Dograh' } },
  };
}

/** Thirty poll times, because n8n has no interval shorter than a minute. */
export const EVERY_TWO_SECONDS = {
  item: Array.from({ length: 30 }, (_, index) => ({
    mode: 'custom',
    cronExpression: `${index * 2} * * * * *`,
  })),
};

export function dograhTrigger(credentialId: string): NodeOf {
  return {
    name: 'Dograh Trigger',
    type: 'n8n-nodes-dograh.dograhTrigger',
    typeVersion: 1,
    parameters: { pollTimes: EVERY_TWO_SECONDS },
    credentials: { dograhApi: { id: credentialId, name: 'Dograh' } },
  };
}
