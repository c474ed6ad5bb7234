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

/**
 * The words of Dograh's check of the credit, of the keys and of the agent, before it asks the telephony provider. A
 * response of the provider begins with its status.
 */
const REFUSED_BEFORE =
  /^(?!\s*\d{3}:)[^]*?(?:\bcredits?\b|\bquota\b|\bservice (?:keys?|tokens?)\b|\bmodel configurations?\b)|^\s*(?:workflow(?: run)?|user) not found\b/i;

/**
 * Whether the provider may dial although a campaign ended a run with this reason. Of a failure between Dograh and the
 * provider, a campaign writes the reason alone.
 */
export function mayHaveDialedContact(reason: string): boolean {
  const isProof = NOT_DIALED.test(reason) || NOT_DIALED.test(`Failed to initiate call: ${reason}`);
  return !isProof && !REFUSED_BEFORE.test(reason);
}
