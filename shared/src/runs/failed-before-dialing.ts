import type { ListedRun } from './listed-run';

/**
 * "Failed to initiate call: …" is what Dograh says for whatever went wrong between it and the telephony provider, also
 * where the provider took the call, and its answer was lost or not what Dograh expected.
 */
const FAILED = /failed to initiate call/i;
/**
 * The reasons which prove that nobody is dialled: the provider refused, with a 4xx that comes first, and was not late
 * (408, 499); it could not be reached; or it was not asked, because something is not configured.
 */
const NOBODY_DIALLED =
  /^\s*failed to initiate call:\s*(?:4(?!08|99)\d\d[:,]|cannot connect to host\b|[^:]*\bnot properly configured\b|no phone numbers configured\b)/i;

/** Whether a refusal of Dograh's leaves open if the provider dials. */
export function mayHaveDialled(detail: string | undefined): boolean {
  return detail !== undefined && FAILED.test(detail) && !NOBODY_DIALLED.test(detail);
}

/** Whether the run itself proves that nobody was dialled for it. */
export function failedBeforeDialling(run: ListedRun): boolean {
  return run.failure !== null && !mayHaveDialled(run.failure);
}
