import { DograhError, type DograhErrorKind } from '../errors/dograh-error';

/**
 * Errors after which Dograh may still place a call. Not NotFound: Dograh places no call with an agent that is archived
 * or was never published.
 */
const CALL_MAY_WORK: ReadonlySet<DograhErrorKind> = new Set([
  'PermissionDenied',
  'Contract',
  'Server',
]);

/**
 * Why a form cannot show the variables of an agent, for the person who fills it in.
 * @param error the error of reading the agent
 * @param instead how to enter variables in that form, e.g. `use Variables instead`
 */
export function whyVariablesAreUnknown(error: unknown, instead: string): string {
  if (!(error instanceof DograhError)) return `The variables are unknown. ${String(error)}`;
  return CALL_MAY_WORK.has(error.kind)
    ? `The variables are unknown, but calls can be placed: ${instead}. ${error.fullMessage}`
    : `The variables are unknown. ${error.fullMessage}`;
}
