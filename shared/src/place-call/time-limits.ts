/** How far Dograh's clock may differ from ours. */
export const CLOCK_SKEW_MS = 2 * 60_000;

/** Pauses before each search for a lost run: Dograh may still handle the request, or be restarting. */
export const SEARCH_PAUSES_MS: readonly number[] = [250, 1_000, 3_000, 6_000];
/** For all searches together, if Dograh responds slowly. */
export const MAX_SEARCH_MS = 30_000;

/** With less time left, a call would be placed and its response would come too late. */
export const NEEDED_TO_PLACE = { minMs: 5_000, afterwardsMs: 5_000 };

/** For reading the agent, if the call is placed also without its variables. */
export const MAX_CHECK_MS = 10_000;
