import { isRecord, recordAt } from './json';
import { operationsOf, type JsonDocument, type Operation } from './openapi';
import { variantsOf } from './schema-variants';

/** Counts what a comparison checks: routes, and the fields that we send or read on each of them. */
export function contractSize(contract: JsonDocument): { routes: number; fields: number } {
  const operations = operationsOf(contract);
  const fields = operations.map((operation) => fieldsOf(operation, contract));
  return { routes: operations.length, fields: fields.reduce((sum, count) => sum + count, 0) };
}

function fieldsOf(operation: Operation, contract: JsonDocument): number {
  const bodies = [
    operation.body?.content,
    ...[...operation.answers]
      .filter(([status]) => status.startsWith('2'))
      .map(([, { content }]) => content),
  ];
  const schemas = bodies.map((content) => recordAt(content, 'application/json', 'schema'));
  return schemas.reduce(
    (sum, schema) => sum + countFields(schema, contract, 0),
    operation.parameters.length,
  );
}

function countFields(schema: unknown, contract: JsonDocument, depth: number): number {
  if (!isRecord(schema) || depth > 12) return 0;
  return variantsOf(schema, contract).reduce((sum, variant) => {
    const properties = Object.values(recordAt(variant.schema, 'properties'));
    const below = [...properties, variant.schema['items']];
    return below.reduce<number>(
      (count, inner) => count + countFields(inner, contract, depth + 1),
      sum + (variant.type === 'object' ? properties.length : 0),
    );
  }, 0);
}
