import {
  authFieldsOf,
  everyInputFieldOf,
  fieldsIn,
  inputFieldsOf,
  operationsOf,
  violations,
  type Definition,
  type Field,
  type LocatedField,
  type Rule,
  type Submission,
} from '../../../tools/hosts/zapier/submission';

/** The path of Find Call, and the reference to its ID in other fields. */
const FIND_CALL = { path: 'searches.find_run', id: 'find_run.id' };

export const fieldRules: readonly Rule[] = [
  {
    // A search may ask for an ID without a dropdown, because the ID usually comes from an earlier step.
    name: 'fields for IDs have a dropdown',
    check: (submission) =>
      violations(
        operationsOf(submission)
          .filter(({ kind }) => kind !== 'searches')
          .flatMap(inputFieldsOf),
        (field) => asksForId(field) && field.dynamic === undefined && field.choices === undefined,
        'asks for an ID and has no dropdown',
      ),
  },
  {
    name: 'the triggers that fill dropdowns exist',
    check: (submission) =>
      everyInputFieldOf(submission).flatMap(({ path, dynamic }) =>
        missing(path, dynamic, 'triggers', submission),
      ),
  },
  {
    name: 'the searches that fill fields exist, and the fields have a dropdown',
    check: (submission) =>
      everyInputFieldOf(submission).flatMap(({ path, search, dynamic }) => [
        ...missing(path, search, 'searches', submission),
        ...(search !== undefined && dynamic === undefined
          ? [`${path} has a search but no dropdown that offers it`]
          : []),
      ]),
  },
  {
    // Our own rule: users rarely know a run ID, but Find Call finds the run by other values.
    name: 'a field that asks for a run ID offers Find Call as a search step',
    check: (submission) =>
      violations(
        operationsOf(submission)
          .filter(({ path }) => path !== FIND_CALL.path)
          .flatMap(inputFieldsOf),
        (field) => asksForRunId(field) && field.search !== FIND_CALL.id,
        `asks for a run ID and has no search ${FIND_CALL.id}`,
      ),
  },
  {
    name: 'a search-or-create names an existing search and an existing create',
    check: ({ definition }) =>
      Object.entries(definition.searchOrCreates ?? {}).flatMap(([key, { search, create }]) => [
        ...(isIn(definition.searches, search) ? [] : [`searchOrCreates.${key} has no search`]),
        ...(isIn(definition.creates, create) ? [] : [`searchOrCreates.${key} has no create`]),
      ]),
  },
  {
    name: 'a search has an input field',
    check: (submission) => withoutFields(submission, 'searches'),
  },
  {
    name: 'a create has static input fields',
    check: (submission) => withoutFields(submission, 'creates'),
  },
  {
    name: 'a help text says more than the label',
    check: (submission) =>
      violations(
        everyFieldOf(submission),
        ({ label = '', helpText }) => helpText !== undefined && bare(helpText) === bare(label),
        'repeats its label as help text',
      ),
  },
  {
    // Zapier does not allow test endpoints. Users test with items of their own account.
    name: 'nothing offers a sandbox, test or development endpoint',
    check: (submission) =>
      violations(
        everyFieldOf(submission),
        (field) =>
          /\b(sandbox|staging|environment|(test|dev|development) (mode|endpoint|server|account))\b/i.test(
            field.label ?? '',
          ) ||
          choiceLabelsOf(field).some((label) => /^(sandbox|staging|test|dev\w*)$/i.test(label)),
        'offers an endpoint that is not for real use',
      ),
  },
];

function everyFieldOf(submission: Submission): LocatedField[] {
  return [...authFieldsOf(submission), ...everyInputFieldOf(submission)];
}

function asksForId({ key, label = '' }: Field): boolean {
  return /(^|_)(uu)?ids?$/i.test(key) || /\b(UU)?IDs?$/.test(label);
}

function asksForRunId({ key, label }: Field): boolean {
  return key === 'run_id' || label === 'Run ID';
}

/** A reference has the form `operation.id`, and for a dropdown `operation.id.label`. */
function missing(
  path: string,
  reference: string | undefined,
  kind: 'triggers' | 'searches',
  { definition }: Submission,
): string[] {
  if (reference === undefined) return [];
  const [operationKey = '', ...names] = reference.split('.');
  const target = definition[kind]?.[operationKey]?.operation;
  if (target === undefined)
    return [`${path} refers to ${kind}.${operationKey}, which does not exist`];
  const keys = [...Object.keys(target.sample ?? {}), ...fieldsIn(target.outputFields).map(keyOf)];
  // A hidden trigger needs no output fields.
  if (keys.length === 0) return [];
  return names
    .flatMap((name) => name.split(','))
    .filter((name) => !keys.includes(name))
    .map((name) => `${path} refers to ${name} of ${kind}.${operationKey}, which does not exist`);
}

function keyOf({ key }: Field): string {
  return key;
}

function isIn(operations: Definition['creates'], key: string | undefined): boolean {
  return key !== undefined && operations?.[key] !== undefined;
}

function withoutFields(submission: Submission, kind: 'searches' | 'creates'): string[] {
  return violations(
    operationsOf(submission).filter((operation) => operation.kind === kind),
    (operation) => inputFieldsOf(operation).length === 0,
    'has no static field',
  );
}

function bare(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function choiceLabelsOf({ choices = [] }: Field): string[] {
  return Object.values(choices).flatMap((choice: unknown) => {
    if (typeof choice === 'string') return [choice];
    const hasLabel = typeof choice === 'object' && choice !== null && 'label' in choice;
    return hasLabel ? [String(choice.label)] : [];
  });
}
