import type { Greeting } from '../variables/greeting';
import type { JsonObject } from '../variables/json-value';
import { isReservedName } from '../variables/reserved-names';
import { isVariableName } from '../variables/variable-name';
import { isBuiltIn } from '../variables/template/built-in';
import { placeholdersIn } from '../variables/template/placeholder';
import { valueAt, variableName } from '../variables/template/render';
import { toPythonText } from '../variables/template/python-text';
import type { Environment } from './environment';
import { textsSaid, type AgentVersion } from './agent-version';

/** What an agent's texts want to know of a call. */
export interface AgentVariable {
  /** With dots where it lies in an object. */
  readonly name: string;
  /** What the texts say where it is missing; null where they leave a gap in one place at least. */
  readonly fallback: string | null;
  /** Whether a text has a gap where it is missing. */
  readonly required: boolean;
}

export interface VariablesOfAgent {
  /** Those that a call can give, in the order of the texts. */
  readonly variables: readonly AgentVariable[];
  /** Names that Dograh fills in by itself: times, and what it knows of the call. */
  readonly setByDograh: readonly string[];
  /** As they are written; no variable of a call can have such a name. */
  readonly unusable: readonly string[];
}

/** Set by Dograh, or part of a campaign; a caller could give them, but need not. */
const OF_THE_SYSTEM: ReadonlySet<string> = new Set(['campaign_id', 'provider', 'source_uuid']);
/** What comes out of the call cannot be known before. */
const GATHERED = 'gathered_context.';

/**
 * The variables of a version, as a call in this environment would have to give them.
 * @param override the greeting that the call brings along, instead of the agent's
 */
export function variablesOf(
  version: AgentVersion,
  environment: Environment,
  override?: Greeting,
): VariablesOfAgent {
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
    // {{user}} beside {{user.name}} is there as soon as the latter is, which must be.
    .filter(([name]) => !objects.has(name))
    .map(([name, fallbacks]) => variableOf(name, fallbacks, defaults));
  return { variables, setByDograh: [...setByDograh], unusable: [...unusable] };
}

/** `a` and `a.b` of `a.b.c` */
function objectsAround(name: string): string[] {
  const parts = name.split('.');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('.'));
}

function isFilledByDograh(name: string): boolean {
  const [first = ''] = name.split('.');
  return OF_THE_SYSTEM.has(first) || isReservedName(first) || name.startsWith(GATHERED);
}

function variableOf(
  name: string,
  fallbacks: readonly (string | null)[],
  defaults: JsonObject,
): AgentVariable {
  const ofVersion = valueAt(name, defaults);
  if (ofVersion !== null && ofVersion !== '') {
    return { name, fallback: toPythonText(ofVersion), required: false };
  }
  const required = fallbacks.includes(null);
  return { name, required, fallback: required ? null : (fallbacks[0] ?? null) };
}
