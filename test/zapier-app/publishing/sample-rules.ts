import {
  fieldsIn,
  textsIn,
  violations,
  visibleOperationsOf,
  type Field,
  type Located,
  type Rule,
} from '../../../tools/hosts/zapier/submission';

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;
const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/;
const LOOKS_LIKE_A_DATE =
  /^(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{1,2}\.? [A-Z][a-z]{2,8}\.?,? \d{4}|[A-Z][a-z]{2,8} \d{1,2},? \d{4})(?!\d).{0,20}$/;

export const sampleRules: readonly Rule[] = [
  {
    name: 'a visible operation has a sample',
    check: (submission) =>
      violations(
        visibleOperationsOf(submission),
        ({ operation: { sample = {} } }) => Object.keys(sample).length === 0,
        'has no sample',
      ),
  },
  {
    name: 'a sample has an ID',
    check: (submission) =>
      violations(
        visibleOperationsOf(submission).filter(hasSample),
        ({ operation: { sample } }) => !['string', 'number'].includes(typeof sample?.['id']),
        'has a sample without an id',
      ),
  },
  {
    name: 'dates in samples are ISO-8601, and times have a zone',
    check: (submission) =>
      visibleOperationsOf(submission).flatMap(({ path, operation: { sample } }) =>
        violations(
          textsIn(sample, `${path}.sample`),
          ({ text }) => LOOKS_LIKE_A_DATE.test(text) && !isIsoDate(text),
          'is a date that is not ISO-8601 with a zone',
        ),
      ),
  },
  {
    name: 'a sample has all output fields in their types',
    check: (submission) =>
      visibleOperationsOf(submission).filter(hasSample).flatMap(typeViolations),
  },
  {
    // Users would see the key of a value without an output field.
    name: 'every value of a sample has an output field',
    check: (submission) =>
      visibleOperationsOf(submission).filter(hasSample).flatMap(missingOutputFields),
  },
];

function hasSample({ operation: { sample = {} } }: Located): boolean {
  return Object.keys(sample).length > 0;
}

function isIsoDate(text: string): boolean {
  return (ISO_DATE.test(text) || ISO_TIME.test(text)) && !Number.isNaN(Date.parse(text));
}

function typeViolations({ path, operation: { sample = {}, outputFields } }: Located): string[] {
  return fieldsIn(outputFields).flatMap((field) => {
    // A field of list items has no single value.
    if (field.key.includes('[]')) return [];
    const value = valueAt(sample, field.key.split('__'));
    if (value === undefined) return [`${path}.sample has no ${field.key}`];
    return value === null || hasTypeOf(field, value)
      ? []
      : [`${path}.sample.${field.key} is not of type ${field.type ?? 'string'}`];
  });
}

function valueAt(value: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  return valueAt((value as Record<string, unknown>)[key], rest);
}

function hasTypeOf({ list, ...field }: Field, value: unknown): boolean {
  if (list === true) return Array.isArray(value) && value.every((one) => hasTypeOf(field, one));
  const { type = 'string', dict, children } = field;
  if (dict === true) return typeof value === 'object' && !Array.isArray(value);
  if (children !== undefined) return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'number' || type === 'boolean') return typeof value === type;
  if (type === 'datetime') return typeof value === 'string' && isIsoDate(value);
  return typeof value === 'string';
}

function missingOutputFields({
  path,
  operation: { sample = {}, outputFields },
}: Located): string[] {
  // A function may add output fields, but only while a user edits the Zap.
  if (outputFields?.some((field) => typeof field === 'function') === true) return [];
  const described = fieldsIn(outputFields).map(({ key }) => key.split(/__|\[\]/)[0]);
  return Object.keys(sample)
    .filter((key) => !described.includes(key))
    .map((key) => `${path}.sample.${key} has no output field`);
}
