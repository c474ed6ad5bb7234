import type { ErrorObject } from 'ajv';
import type { ValidationProblem } from '../../shared/src/contract/types.gen';
import { isRecord } from '../contract/json';

/** FastAPI's names and messages for a value of the wrong type. */
const wrongType: Record<string, { type: string; msg: string }> = {
  string: { type: 'string_type', msg: 'Input should be a valid string' },
  integer: { type: 'int_type', msg: 'Input should be a valid integer' },
  boolean: { type: 'bool_type', msg: 'Input should be a valid boolean' },
  object: { type: 'dict_type', msg: 'Input should be a valid dictionary' },
  array: { type: 'list_type', msg: 'Input should be a valid list' },
};

/** FastAPI's names and messages for a number that is too small or too large. */
const outOfBounds: Record<string, { type: string; words: string; name: string }> = {
  minimum: { type: 'greater_than_equal', words: 'greater than or equal to', name: 'ge' },
  maximum: { type: 'less_than_equal', words: 'less than or equal to', name: 'le' },
};

type Problem = ValidationProblem & { input?: unknown; ctx?: unknown };

/** Converts an error of ajv to FastAPI's form in `{"detail": […]}`. */
export function asFastApiProblem(error: ErrorObject, place: string[], root: unknown): Problem {
  const path = error.instancePath.split('/').slice(1);
  const loc = [...place, ...path];
  const input = valueAt(root, path);
  if (error.keyword === 'required') {
    const missing = String(error.params['missingProperty']);
    return { type: 'missing', loc: [...loc, missing], msg: 'Field required', input };
  }
  if (error.keyword === 'type') {
    if (loc.length === 1) return notAnObject(input);
    const expected: unknown = [error.params['type']].flat().find((type) => type !== 'null');
    if (expected === 'integer' && !place.includes('body')) return notNumeric(loc, input);
    const known = wrongType[String(expected)];
    if (known) return { ...known, loc, input };
  }
  const bound = outOfBounds[error.keyword];
  if (bound) {
    const limit = Number(error.params['limit']);
    const msg = `Input should be ${bound.words} ${String(limit)}`;
    return { type: bound.type, loc, msg, input, ctx: { [bound.name]: limit } };
  }
  return { type: error.keyword, loc, msg: error.message ?? error.keyword, input };
}

/** A URL is text, so FastAPI has tried to parse a number. */
function notNumeric(loc: string[], input: unknown): Problem {
  const msg = 'Input should be a valid integer, unable to parse string as an integer';
  return { type: 'int_parsing', loc, msg, input };
}

export function notAnObject(input: unknown): Problem {
  return {
    type: 'model_attributes_type',
    loc: ['body'],
    msg: 'Input should be a valid dictionary or object to extract fields from',
    input,
  };
}

export function noBody(): Problem {
  return { type: 'missing', loc: ['body'], msg: 'Field required', input: null };
}

export function notJson(): Problem {
  return {
    type: 'json_invalid',
    loc: ['body', 0],
    msg: 'JSON decode error',
    input: {},
    ctx: { error: 'Expecting value' },
  };
}

function valueAt(root: unknown, path: string[]): unknown {
  return path.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), root);
}
