import type { ErrorObject } from 'ajv';
import type { ValidationProblem } from '../../shared/src/contract/types.gen';
import { isRecord } from '../contract/json';

/** FastAPI's names and messages for a value of the wrong type. */
const wrongType: Record<string, { type: string; msg: string }> = {
  string: { type: 'string_type', msg: 'Input should be a valid string' },
  integer: { type: 'int_type', msg: 'Input should be a valid integer' },
  number: { type: 'float_type', msg: 'Input should be a valid number' },
  boolean: { type: 'bool_type', msg: 'Input should be a valid boolean' },
  object: { type: 'dict_type', msg: 'Input should be a valid dictionary' },
  array: { type: 'list_type', msg: 'Input should be a valid list' },
};

/** FastAPI's names and messages for a number that is too small or too large. */
const outOfBounds: Record<string, { type: string; words: string; name: string }> = {
  minimum: { type: 'greater_than_equal', words: 'greater than or equal to', name: 'ge' },
  exclusiveMinimum: { type: 'greater_than', words: 'greater than', name: 'gt' },
  maximum: { type: 'less_than_equal', words: 'less than or equal to', name: 'le' },
};

/** FastAPI's names and messages for a text or a list that is too short or too long. */
const sizes: Record<string, { type: string; msg: (limit: number, input: unknown) => string }> = {
  minLength: {
    type: 'string_too_short',
    msg: (limit) => `String should have at least ${count(limit, 'character')}`,
  },
  maxLength: {
    type: 'string_too_long',
    msg: (limit) => `String should have at most ${count(limit, 'character')}`,
  },
  minItems: {
    type: 'too_short',
    msg: (limit, input) =>
      `List should have at least ${count(limit, 'item')} after validation, not ${lengthOf(input)}`,
  },
  maxItems: {
    type: 'too_long',
    msg: (limit, input) =>
      `List should have at most ${count(limit, 'item')} after validation, not ${lengthOf(input)}`,
  },
};

type Problem = ValidationProblem & { input?: unknown; ctx?: unknown };

/** Converts an error of ajv to FastAPI's form in `{"detail": […]}`. */
export function asFastApiProblem(error: ErrorObject, place: string[], root: unknown): Problem {
  const path = error.instancePath.split('/').slice(1).map(asKey);
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
  const wrongSize = sizes[error.keyword];
  if (wrongSize) {
    const limit = Number(error.params['limit']);
    return { type: wrongSize.type, loc, msg: wrongSize.msg(limit, input), input };
  }
  if (error.keyword === 'pattern') {
    const msg = `String should match pattern '${String(error.params['pattern'])}'`;
    return { type: 'string_pattern_mismatch', loc, msg, input };
  }
  return { type: error.keyword, loc, msg: error.message ?? error.keyword, input };
}

/** A rule of Dograh's own beside the schema. */
export function valueError(loc: (string | number)[], reason: string, input: unknown): Problem {
  return { type: 'value_error', loc: ['body', ...loc], msg: `Value error, ${reason}`, input };
}

/** A URL is text, so FastAPI has tried to parse a number. */
function notNumeric(loc: (string | number)[], input: unknown): Problem {
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

function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? '' : 's'}`;
}

function lengthOf(list: unknown): string {
  return String(Array.isArray(list) ? list.length : 0);
}

/** FastAPI names the place in a list with a number. */
function asKey(text: string): string | number {
  return /^\d+$/.test(text) ? Number(text) : text;
}

function valueAt(root: unknown, path: (string | number)[]): unknown {
  return path.reduce<unknown>((at, key) => {
    if (Array.isArray(at)) return at[Number(key)];
    return isRecord(at) ? at[key] : undefined;
  }, root);
}
