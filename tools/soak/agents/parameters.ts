/** Two tries in quick succession. */
export const RETRY_ON_FAIL = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };

/** The end of an expression that writes a number with a space. */
export const REFORMAT = String.raw`.replace(/(\d{3})$/, ' $1')`;
