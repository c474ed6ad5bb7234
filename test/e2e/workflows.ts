import type { IConnections, INodeParameters } from 'n8n-workflow';
import type { WorkflowFile } from '../../tools/n8n-server/n8n-rest';
import type { NewNode } from '../../tools/n8n-server/workflow-nodes';

/** @param to for each node, the names of the next nodes, output by output */
export function workflowOf(
  name: string,
  nodes: readonly NewNode[],
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

/** One output for each value of the expression. */
export function switchOn(expression: string, values: readonly string[]): NewNode {
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
export function dograh(credentialId: string, parameters: INodeParameters = {}): NewNode {
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

export function dograhTrigger(credentialId: string): NewNode {
  return {
    name: 'Dograh Trigger',
    type: 'n8n-nodes-dograh.dograhTrigger',
    typeVersion: 1,
    parameters: { pollTimes: EVERY_TWO_SECONDS },
    credentials: { dograhApi: { id: credentialId, name: 'Dograh' } },
  };
}
