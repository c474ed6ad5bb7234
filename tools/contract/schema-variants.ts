import { isRecord, recordAt, type JsonRecord } from './json';
import { resolveReference } from './reference';

/** One kind of value that a schema allows. A schema is the list of its variants. */
export interface Variant {
  type: 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object' | 'any';
  /** The only values, if the schema lists them. */
  values?: unknown[];
  /** The keywords that belong to this type. */
  schema: JsonRecord;
}

/** In the order of descriptions. */
const typeNames = ['boolean', 'integer', 'number', 'string', 'array', 'object', 'null'] as const;

/** Spells out `$ref`, `anyOf`, `oneOf`, `allOf`, lists of types, `nullable`, `enum` and `const`. */
export function variantsOf(schema: unknown, document: unknown, depth = 0): Variant[] {
  // A schema that is one of its own alternatives adds nothing.
  if (schema === false || depth > 20) return [];
  if (!isRecord(schema)) return [{ type: 'any', schema: {} }];
  const { anyOf, oneOf, ...own } = mergeAllOf(resolveReference(document, schema), document, depth);
  const alternatives = [anyOf, oneOf].find(Array.isArray);
  if (!alternatives) return plainVariants(own);
  // A type or a list of values beside the alternatives only repeats them.
  const beside = without(own, ['type', 'enum', 'nullable']);
  const variants = alternatives.flatMap((alternative) =>
    variantsOf({ ...beside, ...resolveReference(document, alternative) }, document, depth + 1),
  );
  return own['nullable'] === true ? [...variants, { type: 'null', schema: {} }] : variants;
}

function plainVariants(schema: JsonRecord): Variant[] {
  const values = 'const' in schema ? [schema['const']] : schema['enum'];
  const types = typesOf(schema);
  if (!Array.isArray(values)) return types.map((type) => ({ type, schema }));
  const typesOfValues = new Set(values.map(typeOfValue));
  return [...typesOfValues]
    .filter((type) => types.some((allowed) => fits(type, allowed)))
    .map((type) => ({
      type,
      values: values.filter((value) => typeOfValue(value) === type),
      schema,
    }));
}

function typesOf(schema: JsonRecord): Variant['type'][] {
  const declared = [schema['type'] ?? []].flat();
  const types: Variant['type'][] = typeNames.filter((name) => declared.includes(name));
  // Some generators leave out `type`. The keywords show it.
  if (types.length === 0 && 'properties' in schema) types.push('object');
  if (types.length === 0 && 'items' in schema) types.push('array');
  if (types.length === 0) return ['any'];
  return schema['nullable'] === true && !types.includes('null') ? [...types, 'null'] : types;
}

function typeOfValue(value: unknown): Exclude<Variant['type'], 'any'> {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value === 'string' || typeof value === 'boolean') {
    return typeof value === 'string' ? 'string' : 'boolean';
  }
  return 'object';
}

/** Whether every value of the one type is a value of the other. */
export function fits(type: Variant['type'], allowed: Variant['type']): boolean {
  return allowed === 'any' || type === allowed || (type === 'integer' && allowed === 'number');
}

function without(schema: JsonRecord, keywords: string[]): JsonRecord {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => !keywords.includes(key)));
}

/** Merges the fields of all parts. For any other keyword, the last part wins. */
function mergeAllOf(schema: JsonRecord, document: unknown, depth: number): JsonRecord {
  const { allOf, ...own } = schema;
  if (!Array.isArray(allOf) || depth > 20) return own;
  const parts = [
    ...allOf.map((part) => mergeAllOf(resolveReference(document, part), document, depth + 1)),
    own,
  ];
  const merged = Object.assign({}, ...parts) as JsonRecord;
  if (parts.some((part) => 'properties' in part)) {
    merged['properties'] = Object.assign({}, ...parts.map((part) => recordAt(part, 'properties')));
    merged['required'] = parts.flatMap((part) => part['required'] ?? []);
  }
  return merged;
}

/** Describes the values of a schema in words: `integer or null`. */
export function describeVariants(variants: Variant[]): string {
  const words = variants.map(({ type, values }) => {
    if (values && type !== 'null') return values.map((value) => JSON.stringify(value)).join(' or ');
    return type === 'any' ? 'anything' : type;
  });
  return [...new Set(words)].join(' or ') || 'nothing';
}
