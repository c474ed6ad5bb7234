/** How many answers of Dograh decide that a lost run does not exist. It may handle the request late. */
export const MAX_ANSWERED_SEARCHES = 4;
/** Pauses before each search for a lost run. The later ones are for a Dograh that restarts, which takes 45 seconds. */
export const SEARCH_PAUSES_MS: readonly number[] = [
  ...[250, 1_000, 3_000, 6_000],
  ...[10_000, 15_000, 20_000, 20_000, 20_000, 20_000],
];
/** For all these searches together. */
export const MAX_SEARCH_MS = 120_000;

/** With less time left, a call would be placed and its response would come too late. */
export const NEEDED_TO_PLACE = { minMs: 5_000, afterwardsMs: 5_000 };

/** For reading the agent, if the call is placed also without its variables. */
export const MAX_CHECK_MS = 10_000;
