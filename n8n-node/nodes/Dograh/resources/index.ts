import {
  NodeOperationError,
  type IExecuteFunctions,
  type INode,
  type INodeExecutionData,
  type INodeProperties,
} from 'n8n-workflow';
import { forAllItems } from '../execution/all-items';
import { forEachItem } from '../execution/each-item';
import { optionNamer, rewordHintOf, type Reword } from '../execution/option-names';
import { agent } from './agent';
import { call } from './call';
import { campaign } from './campaign';
import type { Operation, Resource } from './operation';
import { run } from './run';

const resources: readonly Resource[] = [agent, call, campaign, run];

/** Runs the operation that the user chose. It is the same for all items. */
export async function executeChosen(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
  const { operation, fields } = chosenOperation(context);
  return 'execute' in operation
    ? forEachItem(context, withOptionNames(operation.execute, fields))
    : forAllItems(context, withOptionNames(operation.executeAll, fields));
}

function chosenOperation(context: IExecuteFunctions): {
  readonly operation: Operation;
  readonly fields: Resource['fields'];
} {
  const resourceValue = context.getNodeParameter('resource', 0);
  const value = context.getNodeParameter('operation', 0);
  const resource = resources.find(({ option }) => option.value === resourceValue);
  const operation = resource?.operations.find(({ option }) => option.value === value);
  if (operation !== undefined) return { operation, fields: resource?.fields ?? [] };
  throw new NodeOperationError(context.getNode(), `There is no operation "${value}".`, {
    description: 'Choose the operation again.',
  });
}

/** The same operation, whose errors and notes name options as this form does. */
function withOptionNames<T extends { readonly node: INode }>(
  execute: (given: T) => Promise<readonly INodeExecutionData[]>,
  fields: Resource['fields'],
): typeof execute {
  return async (given) => {
    const reword = optionNamer(fields, given.node.parameters);
    try {
      return (await execute(given)).map((output) => withRewordedNotes(output, reword));
    } catch (error) {
      throw rewordHintOf(error, reword);
    }
  };
}

function withRewordedNotes(item: INodeExecutionData, reword: Reword): INodeExecutionData {
  const { notes } = item.json;
  if (!Array.isArray(notes)) return item;
  const reworded = notes.map((note) => (typeof note === 'string' ? reword(note) : note));
  return { ...item, json: { ...item.json, notes: reworded } };
}

export const nodeFields: INodeProperties[] = [
  {
    displayName: 'Resource',
    name: 'resource',
    type: 'options',
    noDataExpression: true,
    options: resources.map(({ option }) => option),
    default: 'call',
  },
  ...resources.flatMap((resource) => [operationField(resource), ...resource.fields]),
];

function operationField({ option, operations, defaultOperation }: Resource): INodeProperties {
  const defaultValue = defaultOperation.option.value;
  return {
    displayName: 'Operation',
    name: 'operation',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { resource: [option.value] } },
    options: operations.map((operation) => operation.option),
    default: defaultValue,
  };
}

/** These labels are clear only beside their resource. The other labels say what they are about. */
const VERBS: ReadonlySet<string> = new Set(['Get', 'Pause', 'Redial', 'Resume']);

/** An expression, because n8n shows the subtitle for the operation that is chosen at the time. */
export const nodeSubtitle = `={{ ${JSON.stringify(subtitles())}[$parameter.resource + " " + $parameter.operation] }}`;

function subtitles(): Record<string, string> {
  return Object.fromEntries(
    resources.flatMap(({ option: resource, operations }) =>
      operations.map(({ option }) => [
        `${resource.value} ${option.value}`,
        withNoun(option.name, resource.name),
      ]),
    ),
  );
}

function withNoun(label: string, resource: string): string {
  if (VERBS.has(label)) return `${label} ${resource}`;
  if (label === 'Get Many') return `Get Many ${resource}s`;
  return label;
}
