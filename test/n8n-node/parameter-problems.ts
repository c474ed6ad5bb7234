import type {
  INode,
  INodeProperties,
  INodePropertyCollection,
  INodePropertyOptions,
  INodeTypeDescription,
} from 'n8n-workflow';
import { NodeHelpers } from 'n8n-workflow';

/** The stored parameters that the form does not have, and the values that it does not offer. */
export function parameterProblems(node: INode, description: INodeTypeDescription): string[] {
  const { properties } = description;
  const all = NodeHelpers.getNodeParameters(
    properties,
    node.parameters,
    true,
    true,
    node,
    description,
  );
  const shown = properties.filter((property) =>
    NodeHelpers.displayParameter(all ?? {}, property, node, description),
  );
  return ofForm(shown, node.parameters, '');
}

function ofForm(fields: readonly INodeProperties[], values: object, path: string): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const at = `${path}${name}`;
    const field = fields.find((one) => one.name === name);
    return field === undefined ? [`${at} is no parameter`] : ofField(field, value, at);
  });
}

function ofField(field: INodeProperties, value: unknown, at: string): string[] {
  if (typeof value === 'string' && value.startsWith('=')) {
    return field.noDataExpression === true ? [`${at} takes no expression`] : [];
  }
  switch (field.type) {
    case 'options':
    case 'multiOptions':
      return [value].flat().flatMap((one) => ofChoice(field, one, at));
    case 'collection':
      return ofForm((field.options ?? []) as INodeProperties[], asObject(value), `${at}.`);
    case 'fixedCollection':
      return Object.entries(asObject(value)).flatMap(([name, rows]) =>
        ofRows((field.options ?? []) as INodePropertyCollection[], name, rows, at),
      );
    case 'resourceLocator': {
      const { mode } = asObject(value) as { mode?: unknown };
      return field.modes?.some(({ name }) => name === mode) ? [] : [`${at} has no such mode`];
    }
    case 'boolean':
    case 'number':
      return typeof value === field.type ? [] : [`${at} is no ${field.type}`];
    default:
      return typeof value === 'string' ? [] : [`${at} is no text`];
  }
}

/** The values of a list that is loaded from Dograh are not known here. */
function ofChoice(field: INodeProperties, value: unknown, at: string): string[] {
  if (field.typeOptions?.loadOptionsMethod !== undefined) return [];
  const choices = (field.options ?? []) as INodePropertyOptions[];
  return choices.some((choice) => choice.value === value)
    ? []
    : [`${at} cannot be ${JSON.stringify(value)}`];
}

function ofRows(
  groups: readonly INodePropertyCollection[],
  name: string,
  rows: unknown,
  at: string,
): string[] {
  const group = groups.find((one) => one.name === name);
  if (group === undefined) return [`${at}.${name} is no parameter`];
  return [rows].flat().flatMap((row) => ofForm(group.values, asObject(row), `${at}.${name}.`));
}

function asObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}
