import {
  NodeOperationError,
  type IExecuteFunctions,
  type INodeExecutionData,
  type INodeProperties,
} from 'n8n-workflow';
import { optionNamer, rewordHintOf, type Reword } from '../execution/option-names';
import { agent } from './agent';
import { call } from './call';
import type { Operation, Resource } from './operation';
import { run } from './run';

const resources: readonly Resource[] = [agent, call, run];

/** The operation that the user chose. It is the same for all items. */
export function chosenOperation(context: IExecuteFunctions): Operation {
  const resourceValue = context.getNodeParameter('resource', 0);
  const value = context.getNodeParameter('operation', 0);
  const resource = resources.find(({ option }) => option.value === resourceValue);
  const operation = resource?.operations.find(({ option }) => option.value === value);
  if (operation !== undefined) return withOptionNames(operation, resource?.fields ?? []);
  throw new NodeOperationError(context.getNode(), `There is no operation "${value}".`, {
    description: 'Choose the operation again.',
  });
}

/** The same operation, whose errors and notes name options as this form does. */
function withOptionNames(operation: Operation, fields: Resource['fields']): Operation {
  return {
    ...operation,
    execute: async (item) => {
      const reword = optionNamer(fields, item.node.parameters);
      try {
        return (await operation.execute(item)).map((output) => withRewordedNotes(output, reword));
      } catch (error) {
        throw rewordHintOf(error, reword);
      }
    },
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

/** "Get" and "Get Many" are clear only beside their resource. The other labels say what they are about. */
function withNoun(label: string, resource: string): string {
  if (label === 'Get') return `Get ${resource}`;
  if (label === 'Get Many') return `Get Many ${resource}s`;
  return label;
}
