/** The parts of an app that Zapier's publishing rules check. */
export interface Submission {
  /** The name of the app. */
  title: string;
  description: string;
  /** A PNG. */
  icon: Uint8Array;
  definition: Definition;
}

export interface Definition {
  authentication?: { fields?: Field[]; connectionLabel?: unknown };
  triggers?: Record<string, Operation>;
  searches?: Record<string, Operation>;
  creates?: Record<string, Operation>;
  searchOrCreates?: Record<string, { search?: string; create?: string }>;
}

export interface Operation {
  display: { label?: string; description?: string; hidden?: boolean };
  operation: {
    inputFields?: FieldOrFunction[];
    outputFields?: FieldOrFunction[];
    sample?: Record<string, unknown>;
  };
}

export interface Field {
  key: string;
  label?: string;
  type?: string;
  required?: boolean;
  helpText?: string;
  dict?: boolean;
  /** Whether the value is a list of plain values. */
  list?: boolean;
  dynamic?: string;
  search?: string;
  choices?: readonly (string | { label: string })[] | Record<string, unknown>;
  children?: Field[];
}

/** A function returns its fields only while a user edits a Zap. Zapier's checks do not see them. */
type FieldOrFunction = Field | ((...input: never[]) => unknown);

/** One of Zapier's rules for public apps. */
export interface Rule {
  readonly name: string;
  /** @returns one line for each violation, which starts with its path */
  readonly check: (submission: Submission) => string[];
}

const KINDS = ['triggers', 'searches', 'creates'] as const;

export interface Located extends Operation {
  readonly kind: (typeof KINDS)[number];
  /** Such as `creates.trigger_call`. */
  readonly path: string;
}

export function operationsOf({ definition }: Pick<Submission, 'definition'>): Located[] {
  return KINDS.flatMap((kind) =>
    Object.entries(definition[kind] ?? {}).map(([key, operation]) => ({
      ...operation,
      kind,
      path: `${kind}.${key}`,
    })),
  );
}

/** The operations that users can choose. */
export function visibleOperationsOf(submission: Pick<Submission, 'definition'>): Located[] {
  return operationsOf(submission).filter(({ display }) => display.hidden !== true);
}

/** The static fields, including those inside groups. */
export function fieldsIn(fields: readonly FieldOrFunction[] = []): Field[] {
  return fields
    .filter((field) => typeof field !== 'function')
    .flatMap((field) => [field, ...fieldsIn(field.children)]);
}

export interface LocatedField extends Field {
  /** Such as `creates.trigger_call.phone_number`. */
  readonly path: string;
}

export function authFieldsOf({ definition }: Submission): LocatedField[] {
  return located('authentication', definition.authentication?.fields);
}

export function inputFieldsOf({ path, operation }: Located): LocatedField[] {
  return located(path, operation.inputFields);
}

export function everyInputFieldOf(submission: Submission): LocatedField[] {
  return operationsOf(submission).flatMap(inputFieldsOf);
}

function located(path: string, fields?: readonly FieldOrFunction[]): LocatedField[] {
  return fieldsIn(fields).map((field) => ({ ...field, path: `${path}.${field.key}` }));
}

export interface LocatedText {
  readonly path: string;
  readonly text: string;
}

/** The texts that Zapier shows as Markdown: descriptions and help texts. */
export function markdownOf(submission: Submission): LocatedText[] {
  const descriptions = operationsOf(submission).map(({ path, display }) => ({
    path: `${path}.description`,
    text: display.description ?? '',
  }));
  const helpTexts = [...authFieldsOf(submission), ...everyInputFieldOf(submission)].map(
    ({ path, helpText = '' }) => ({ path, text: helpText }),
  );
  return [...descriptions, ...helpTexts];
}

/** All texts inside a value, at any depth. */
export function textsIn(value: unknown, path: string): LocatedText[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => textsIn(part, `${path}.${key}`));
}

/** Returns one line for each item that `isBroken` reports. */
export function violations<T extends { readonly path: string }>(
  things: readonly T[],
  isBroken: (thing: T) => boolean,
  what: string,
): string[] {
  return things.filter(isBroken).map(({ path }) => `${path} ${what}`);
}
