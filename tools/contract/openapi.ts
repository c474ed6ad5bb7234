import { isRecord, recordAt, type JsonRecord } from './json';
import { resolveReference } from './reference';

export type JsonDocument = JsonRecord;

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace'];

/** One method of one path. References to parameters, body and answers are resolved. */
export interface Operation {
  id: string;
  /** In capitals. */
  method: string;
  /** The path template, as the document writes it. */
  path: string;
  parameters: Parameter[];
  /** The request body. Undefined if there is none. */
  body: { required: boolean; content: JsonRecord } | undefined;
  /** By status, as the document writes it: `200`, `5XX`, `default`. */
  answers: Map<string, { content: JsonRecord }>;
}

export interface Parameter {
  name: string;
  in: string;
  required: boolean;
  schema: unknown;
}

export function operationsOf(document: JsonDocument): Operation[] {
  return Object.entries(recordAt(document, 'paths')).flatMap(([path, value]) => {
    const item = resolveReference(document, value);
    return methods
      .filter((method) => isRecord(item[method]))
      .map((method) => readOperation(document, path, method, item));
  });
}

function readOperation(
  document: JsonDocument,
  path: string,
  method: string,
  item: JsonRecord,
): Operation {
  const operation = recordAt(item, method);
  const body = resolveReference(document, operation['requestBody']);
  const answers = Object.entries(recordAt(operation, 'responses')).map(([status, answer]) => {
    return [status, { content: recordAt(resolveReference(document, answer), 'content') }] as const;
  });
  return {
    id: String(operation['operationId']),
    method: method.toUpperCase(),
    path,
    parameters: readParameters(document, item, operation),
    body: isRecord(body['content'])
      ? { required: body['required'] === true, content: body['content'] }
      : undefined,
    answers: new Map(answers),
  };
}

/** Includes the parameters of the path, unless the operation has one with the same name. */
function readParameters(
  document: JsonDocument,
  item: JsonRecord,
  operation: JsonRecord,
): Parameter[] {
  const found = new Map<string, Parameter>();
  for (const owner of [item, operation]) {
    for (const value of [owner['parameters'] ?? []].flat()) {
      const parameter = resolveReference(document, value);
      const { name, in: place, required, schema } = parameter;
      found.set(`${String(place)} ${String(name)}`, {
        name: String(name),
        in: String(place),
        required: required === true,
        schema: schema ?? {},
      });
    }
  }
  return [...found.values()];
}
