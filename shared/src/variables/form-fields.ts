import type { ContextSources } from './build-context';
import { quote } from '../errors/quote';
import { CALL_REFERENCE } from './call-reference';
import { GREETING_OVERRIDE } from './greeting';
import { variableName } from './template/render';
import { isWrapper } from './wrapper';

/** Variables as a host's form gives them, before it is known which of them fit the agent. */
export interface FormSources extends Omit<ContextSources, 'record'> {
  /** A record of the host, for example an input item. Only the agent's variables are taken from it. */
  readonly record?: Readonly<Record<string, unknown>> | undefined;
  /**
   * The names of the agent's variables, as the form shows them. They are outdated if the agent was changed while the
   * form did not show them. Undefined if the form does not know them.
   */
  readonly formNames?: readonly string[] | undefined;
}

/** The names in the texts of an agent. */
export interface NamesOfAgent {
  /** The variables that a call can fill. */
  readonly variables: readonly string[];
  /** All names, also those that Dograh fills. */
  readonly used: readonly string[];
}

/**
 * The sources without values of fields that the agent does not have, and with the names to take from the record.
 * @param agent undefined if the agent was not read; then the form's own names count
 * @param onNote receives remarks about what is not sent, in sentences
 */
export function fitFields(
  { record, formNames, ...sources }: FormSources,
  agent: NamesOfAgent | undefined,
  onNote: (note: string) => void,
): ContextSources {
  const names = agent ?? (formNames && { variables: formNames, used: formNames });
  if (names === undefined) return sources;
  const mapped = sources.mapped && withoutOldValues(sources.mapped, names.used, onNote);
  if (record === undefined) return { ...sources, mapped };
  return { ...sources, mapped, record: { names: names.variables, values: record } };
}

/** Variables that Dograh or a later search reads, and that no text of the agent contains. */
const NOT_FOR_TEXTS: ReadonlySet<string> = new Set([CALL_REFERENCE, GREETING_OVERRIDE]);

function withoutOldValues(
  mapped: Readonly<Record<string, unknown>>,
  used: readonly string[],
  onNote: (note: string) => void,
): Readonly<Record<string, unknown>> {
  const isOld = (name: string): boolean =>
    !isWrapper(name) &&
    !NOT_FOR_TEXTS.has(name) &&
    !used.some((one) => overlap(one, variableName(name)));
  const old = Object.keys(mapped).filter((name) => mapped[name] !== undefined && isOld(name));
  if (old.length === 0) return mapped;
  onNote(
    `Not sent, because this version of the agent does not use them: ${old.map(quote).join(', ')}. These values are left over from another agent or version.`,
  );
  return Object.fromEntries(Object.entries(mapped).filter(([name]) => !isOld(name)));
}

/** `user.name` fills a part of `{{user}}`, and `user` may fill `{{user.name}}`. */
function overlap(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
}
