import type { AgentDetails } from '../agents/agent-details';
import type { JsonObject } from '../context/json-value';
import { quote } from '../errors/quote';
import { refuse } from '../errors/refuse';
import { valueAt } from '../template/render';

/** Names of the variables that leave a gap in what the agent says: missing or empty, and without a fallback. */
export function missingVariables(
  { variables }: AgentDetails,
  context: JsonObject,
): readonly string[] {
  return variables
    .filter(({ name, required }) => required && isMissing(name, context))
    .map(({ name }) => name);
}

/** As the grammar sees it: an empty text is no value. */
export function isMissing(name: string, context: JsonObject): boolean {
  const value = valueAt(name, context);
  return value === null || value === '';
}

/** @throws InvalidInputError that names the missing ones */
export function refuseMissingVariables(details: AgentDetails, context: JsonObject): void {
  const missing = missingVariables(details, context);
  if (missing.length === 0) return;
  const [verb, noun] = missing.length === 1 ? ['is', 'variable'] : ['are', 'variables'];
  throw refuse(
    `The ${noun} ${missing.map(quote).join(', ')} ${verb} missing or empty, and the agent ${quote(details.agent.name)} has no fallback there.`,
    'Nobody was called. Give a value, write a fallback into the prompt, as in {{name | friend}}, or turn Require Variables off.',
  );
}
