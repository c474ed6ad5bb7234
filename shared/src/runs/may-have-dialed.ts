/**
 * Dograh says "Failed to initiate call: …" after every failure between it and the telephony provider. The provider
 * may have accepted the call, if only its response was lost or unexpected.
 */
const FAILED = /failed to initiate call/i;
/**
 * The reasons that prove that no phone was dialed. The provider refused with a 4xx other than 408 and 499, which
 * mean "too late". It could not be reached. Or it was not asked, because the configuration is incomplete.
 */
const NOT_DIALED =
  /^\s*failed to initiate call:\s*(?:4(?!08|99)\d\d[:,]|cannot connect to host\b|[^:]*\bnot properly configured\b|no phone numbers configured\b)/i;

/** Whether the provider may dial although Dograh refused the call. */
export function mayHaveDialed(detail: string | undefined): boolean {
  return detail !== undefined && FAILED.test(detail) && !NOT_DIALED.test(detail);
}
