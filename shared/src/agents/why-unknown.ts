import { DograhError, type DograhErrorKind } from '../errors/dograh-error';

/** Causes that need not keep Dograh from placing the call. */
const ONLY_OF_READING: ReadonlySet<DograhErrorKind> = new Set([
  'PermissionDenied',
  'NotFound',
  'Contract',
  'Server',
]);

/**
 * Why a form cannot show the variables of an agent, in a sentence for the person who fills it in.
 * @param error what reading the agent threw
 * @param instead how else variables are given in that form, e.g. `use Context instead`
 */
export function whyVariablesAreUnknown(error: unknown, instead: string): string {
  if (!(error instanceof DograhError)) return `The variables are not known. ${String(error)}`;
  return ONLY_OF_READING.has(error.kind)
    ? `The variables are not known, but calls can be placed: ${instead}. ${error.fullMessage}`
    : `The variables are not known. ${error.fullMessage}`;
}
