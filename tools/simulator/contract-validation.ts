import type { ErrorObject, ValidateFunction } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import type { ValidationProblem } from '../../shared/src/contract/types.gen';
import type { Answer } from './answer';
import type { Contract, ContractOperation } from './contract';
import { asFastApiProblem } from './fastapi-problem';
import { isRecord, recordAt, type JsonRecord } from '../contract/json';
import type { Parameter } from '../contract/openapi';

/** A request or a response that breaks the contract, although Dograh would accept it. */
export interface ContractViolation {
  side: 'request' | 'answer';
  route: string;
  problem: string;
}

export interface ReceivedParts {
  path: Record<string, string>;
  query: Record<string, string>;
  headers: Record<string, string>;
}

/** The checks of one operation. Each check is compiled once, at its first use. */
export interface OperationCheck {
  /** Problems of the parameters for which Dograh returns 422. */
  parameters(received: ReceivedParts): ValidationProblem[];
  /** Problems of the body for which Dograh returns 422. */
  body(body: unknown): ValidationProblem[];
  /** Problems that Dograh accepts, although the contract does not allow them. */
  unnoticed(received: ReceivedParts, body: unknown): string[];
  /** Problems of a response of the simulator. */
  answer(answer: Answer): string[];
}

export function compileCheck(operation: ContractOperation, compile: Compile): OperationCheck {
  const numbersInPath = compile(parameterSchema(operation, 'path', isNumber));
  const textsInPath = compile(parameterSchema(operation, 'path', (one) => !isNumber(one)));
  const query = compile(parameterSchema(operation, 'query'));
  const headers = compile(parameterSchema(operation, 'header'));
  const body = compileBody(operation, compile);
  const answers = compileAnswers(operation, compile);
  return {
    parameters: (received) => [
      ...numbersInPath(typed(received.path, operation)).map((error) =>
        asFastApiProblem(error, ['path'], received.path),
      ),
      ...query(typed(received.query, operation))
        .filter((error) => !isUnknownChoice(error))
        .map((error) => asFastApiProblem(error, ['query'], received.query)),
      ...headers(received.headers).map((error) => missingHeader(error, operation)),
    ],
    body: (value) =>
      body(value)
        .filter((error) => !isUnknownField(error) && !isAlternative(error))
        .map((error) => asFastApiProblem(error, ['body'], value)),
    // Dograh accepts any text in a path. It ignores unknown fields and choices.
    unnoticed: (received, value) => [
      ...textsInPath(received.path).map((error) => `path ${describe(error)}`),
      ...query(typed(received.query, operation))
        .filter(isUnknownChoice)
        .map((error) => `query ${describe(error)}`),
      ...body(value)
        .filter(isUnknownField)
        .map((error) => `body ${describe(error)}: ${String(error.params['additionalProperty'])}`),
    ],
    answer: (answer) => checkAnswer(answer, answers),
  };
}

type Check = (value: unknown) => ErrorObject[];
type Compile = (schema: JsonRecord) => Check;

/** One compiler for all operations, because each compiler first checks JSON Schema itself. */
export function schemaCompiler({ components }: Contract): Compile {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  return (schema) => {
    let compiled: ValidateFunction | undefined;
    return (value) => {
      // Compiling takes long, and most simulators receive few kinds of requests.
      // `$ref: '#/components/…'` must find its target inside the schema that ajv sees.
      const validate = (compiled ??= ajv.compile({ ...schema, components }));
      return validate(value) ? [] : (validate.errors ?? []);
    };
  };
}

function parameterSchema(
  operation: ContractOperation,
  place: string,
  isMeant: (parameter: Parameter) => boolean = () => true,
): JsonRecord {
  const parameters = operation.parameters.filter((one) => one.in === place && isMeant(one));
  // Header names are case-insensitive. Node passes them in lower case.
  const nameOf = (name: string): string => (place === 'header' ? name.toLowerCase() : name);
  return {
    type: 'object',
    properties: Object.fromEntries(
      parameters.map((parameter) => [nameOf(parameter.name), parameter.schema]),
    ),
    required: parameters.filter((one) => one.required).map((one) => nameOf(one.name)),
  };
}

/** A URL is text. FastAPI parses a number if the contract declares one. */
function typed(texts: Record<string, string>, operation: ContractOperation): JsonRecord {
  const isInteger = (name: string): boolean =>
    operation.parameters.some((one) => one.name === name && isNumber(one));
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [
      name,
      isInteger(name) && /^-?\d+$/.test(text) ? Number(text) : text,
    ]),
  );
}

function isNumber({ schema }: Parameter): boolean {
  return isRecord(schema) && schema['type'] === 'integer';
}

function missingHeader(error: ErrorObject, operation: ContractOperation): ValidationProblem {
  const lowerCase = String(error.params['missingProperty']);
  const declared = operation.parameters.find((one) => one.name.toLowerCase() === lowerCase);
  return { type: 'missing', loc: ['header', declared?.name ?? lowerCase], msg: 'Field required' };
}

/** Checks of the JSON bodies by status. Undefined if the contract allows a body of any kind. */
type AnswerChecks = Map<string, Check | undefined>;

function compileAnswers(operation: ContractOperation, compile: Compile): AnswerChecks {
  return new Map(
    [...operation.answers].map(([status, { content }]) => {
      const schema = schemaOfJson(content);
      return [status, schema && compile(schema)];
    }),
  );
}

function compileBody(operation: ContractOperation, compile: Compile): Check {
  const schema = operation.body && schemaOfJson(operation.body.content);
  return schema ? compile(schema) : () => [];
}

function schemaOfJson(content: JsonRecord): JsonRecord | undefined {
  const json = recordAt(content, 'application/json');
  return 'schema' in json ? recordAt(json, 'schema') : undefined;
}

/** The content of a body that is not JSON is not checked. */
function checkAnswer(answer: Answer, checks: AnswerChecks): string[] {
  const status = String(answer.status);
  const declared = [status, `${status.charAt(0)}XX`, 'default'].find((key) => checks.has(key));
  if (declared === undefined) return [`status ${status} is not in the contract`];
  if (Buffer.isBuffer(answer.body)) return [];
  return (checks.get(declared)?.(answer.body) ?? []).map(describe);
}

function isUnknownChoice(error: ErrorObject): boolean {
  return error.keyword === 'enum';
}

/** Dograh names only the problem of the object that may also be null. */
function isAlternative({ keyword, params }: ErrorObject): boolean {
  return keyword === 'anyOf' || (keyword === 'type' && params['type'] === 'null');
}

function isUnknownField(error: ErrorObject): boolean {
  return error.keyword === 'additionalProperties';
}

function describe(error: ErrorObject): string {
  return `${error.instancePath} ${error.message ?? error.keyword}`.trim();
}
