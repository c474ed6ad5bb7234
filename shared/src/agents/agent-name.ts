import type { Session } from '../connection/session';
import { isBlank } from '../input/blank';
import { cleanText } from '../input/text';

/**
 * The name by which people know an agent, for messages. Undefined if it is not known.
 * @param nameInForm the name that the form shows. It may be old, so the name from Dograh comes first.
 */
export function nameOfAgent(
  agentUuid: string,
  nameInForm: string | undefined,
  { agentNames }: Pick<Session, 'agentNames'>,
): string | undefined {
  return agentNames.get(agentUuid.toLowerCase()) ?? nameInForm;
}

/** The name that a form stored beside an agent. It is only shown. */
export function parseNameInForm(value: unknown): string | undefined {
  return typeof value === 'string' && !isBlank(value) ? cleanText(value) : undefined;
}
