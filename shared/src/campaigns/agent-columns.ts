import type { AgentDetails } from '../agents/agent-details';
import { inputError } from '../errors/input-error';
import { quote } from '../errors/quote';
import { isReservedName } from '../variables/reserved-names';
import { isVariableName } from '../variables/variable-name';
import { isBuiltIn } from '../variables/template/built-in';
import { placeholdersIn } from '../variables/template/placeholder';
import { isColumnName } from './contact-columns';

/** Dograh fills these in, and does not demand a column for them. */
const FILLED_BY_CAMPAIGNS: ReadonlySet<string> = new Set([
  'campaign_id',
  'provider',
  'source_uuid',
]);

/**
 * The columns that Dograh demands for an agent: each must have a value for every contact. They are the variables without
 * a fallback in its texts.
 * @throws InvalidInputError if the agent needs a variable that no campaign can carry
 */
export function requiredColumns({ agent, version, variables }: AgentDetails): readonly string[] {
  const placeholders = version.texts
    .filter(({ kind }) => kind !== 'extraction')
    .flatMap(({ text }) => placeholdersIn(text))
    .filter(({ fallback }) => fallback === null);
  const names = new Set(placeholders.map(({ path }) => path));
  const flat = [...names].filter((name) => !name.includes('.') && !FILLED_BY_CAMPAIGNS.has(name));
  const nested = variables.filter(({ name, required }) => required && name.includes('.'));
  for (const name of [...flat, ...nested.map((variable) => variable.name)]) {
    const problem = problemOf(name);
    if (problem === undefined) continue;
    throw inputError(
      `The agent ${quote(agent.name)} cannot be used in a campaign, because its text has {{${name}}} without a fallback. ${problem}`,
      `Add a fallback in the Dograh editor, e.g. {{${name} | your text}}, and publish the agent. Or use other variables.`,
    );
  }
  return flat;
}

function problemOf(name: string): string | undefined {
  if (isBuiltIn(name) || isReservedName(name)) {
    return 'Dograh fills it in, but demands a column for it before.';
  }
  if (name.includes('.')) return 'A campaign carries no objects, so the text would have a gap.';
  if (!isColumnName(name)) return 'A campaign writes all names of variables in lower case.';
  return isVariableName(name) ? undefined : 'No column can have this name.';
}
