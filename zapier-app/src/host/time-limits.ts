/** Two requests have to fit into one operation. */
export const LIST_TIMEOUT_MS = 12_000;
