import type { ListedRun } from './listed-run';

/**
 * Dograh says "Failed to initiate call" for whatever went wrong between it and the telephony provider; after these
 * the provider may have the call all the same, and only its answer was lost.
 */
const LOST_ON_THE_WAY =
  /time[d -]?\s?out|disconnect|reset|closed|broken pipe|incomplete|EOF|unreachable|cancel|^failed to initiate call:\s*$/i;

/** Whether a refusal of Dograh's leaves open if the provider dials. */
export function mayHaveDialled(detail: string | undefined): boolean {
  return (
    detail !== undefined && /failed to initiate call/i.test(detail) && LOST_ON_THE_WAY.test(detail)
  );
}

/** Whether the run itself proves that nobody was dialled for it. */
export function failedBeforeDialling(run: ListedRun): boolean {
  return run.failure !== null && !mayHaveDialled(run.failure);
}
