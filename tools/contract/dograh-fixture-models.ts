export type Schema = Record<string, unknown>;

/** The schema of a named object. */
export interface Model extends Schema {
  type: 'object';
  title: string;
  required: string[];
  properties: Record<string, Schema>;
}

export function model(
  title: string,
  required: string[],
  properties: Record<string, Schema>,
): Model {
  return { type: 'object', title, required, properties };
}

export function orNull(type: string): Schema {
  return { anyOf: [{ type }, { type: 'null' }], title: 'Some Title' };
}

export function listOf(schema: string): Schema {
  return { type: 'array', items: { $ref: `#/components/schemas/${schema}` } };
}
