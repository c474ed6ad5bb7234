import type { Greeting } from '../variables/greeting';
import { isReservedName } from '../variables/reserved-names';
import { isVariableName } from '../variables/variable-name';
import { isBuiltIn } from '../variables/template/built-in';
import { placeholdersIn } from '../variables/template/placeholder';
import { valueAt, variableName } from '../variables/template/render';
import { toPythonText } from '../variables/template/python-text';
import type { Environment } from './environment';
import { textsSaid, type AgentVersion } from './agent-version';

/** A variable in the texts of an agent. */
export interface AgentVariable {
  /** With dots if it is inside an object, e.g. `user.name`. */
  readonly name: string;
  /** The text used if the variable is missing. Null if a text then has a gap. */
  readonly fallback: string | null;
  /** Whether a text certainly has a gap if the variable is missing. */
  readonly required: boolean;
  /** Whether Dograh may get the variable from a server of the user before the call. */
  readonly may_be_fetched: boolean;
}

export interface VariablesOfAgent {
  /** The variables that a call can fill, in the order of the texts. */
  readonly variables: readonly AgentVariable[];
  /** The names that Dograh fills: times, and data of the call. */
  readonly setByDograh: readonly string[];
  /** Placeholders whose name no variable of a call can have, as they are written. */
  readonly unusable: readonly string[];
}

/** Set by Dograh, or by a campaign. A call can set them, but does not need to. */
const SYSTEM_NAMES: ReadonlySet<string> = new Set(['campaign_id', 'provider', 'source_uuid']);
/** The results of the call, which are unknown before it, and all variables of the call together. */
const CONTEXTS: ReadonlySet<string> = new Set(['gathered_context', 'initial_context']);

/**
 * The variables of a version for a call in this environment.
 * @param override the greeting of the call, which replaces the agent's
 */
export function variablesOf(
  version: AgentVersion,
  environment: Environment,
  override?: Greeting,
): VariablesOfAgent {
  const { fetchesVariables } = version;
  const defaults = environment === 'test' ? version.defaults : {};
  const wanted = new Map<string, (string | null)[]>();
  const setByDograh = new Set<string>();
  const unusable = new Set<string>();
  const texts = textsSaid(version, override);
  for (const { path, fallback } of texts.flatMap(({ text }) => placeholdersIn(text))) {
    const name = variableName(path);
    if (isBuiltIn(path) || isFilledByDograh(name)) setByDograh.add(name);
    else if (!isVariableName(name)) unusable.add(path);
    else if (wanted.get(name)?.push(fallback) === undefined) wanted.set(name, [fallback]);
  }
  const required = [...wanted].filter(([, fallbacks]) => fallbacks.includes(null));
  const objects = new Set(required.flatMap(([name]) => objectsAround(name)));
  const variables = [...wanted]
    // A required {{user.name}} fills {{user}} too.
    .filter(([name]) => !objects.has(name))
    .map(([name, fallbacks]) => variableOf(name, fallbacks, { defaults, fetchesVariables }));
  return { variables, setByDograh: [...setByDograh], unusable: [...unusable] };
}

/** `a` and `a.b` of `a.b.c` */
function objectsAround(name: string): string[] {
  const parts = name.split('.');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'));
}

function isFilledByDograh(name: string): boolean {
  const [first = ''] = name.split('.');
  return SYSTEM_NAMES.has(first) || isReservedName(first) || CONTEXTS.has(first);
}

function variableOf(
  name: string,
  fallbacks: readonly (string | null)[],
  { defaults, fetchesVariables }: Pick<AgentVersion, 'defaults' | 'fetchesVariables'>,
): AgentVariable {
  const value = valueAt(name, defaults);
  if (value !== null && value !== '') {
    return { name, fallback: toPythonText(value), required: false, may_be_fetched: false };
  }
  const leavesGap = fallbacks.includes(null);
  return {
    name,
    fallback: leavesGap ? null : (fallbacks[0] ?? null),
    required: leavesGap && !fetchesVariables,
    may_be_fetched: fetchesVariables,
  };
}
