/** One call of the soak test. No other call has its number or its reference. */
export interface SoakCall {
  readonly phoneNumber: string;
  readonly reference: string;
  /** Whether the call is requested again after the first response, like a duplicate row of a CRM. */
  readonly twice: boolean;
}

/** The final message for the user. */
export interface SoakOutcome {
  readonly phoneNumber: string;
  readonly ending: 'placed' | 'unknown' | 'refused';
  readonly runId?: number;
  readonly recovered?: boolean;
  /** The number of runs of the step. */
  readonly attempts: number;
  /** The last message of a call that was not placed. */
  readonly said?: string;
}

/** The input of a process that calls through one host. */
export interface SoakOrder {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly calls: readonly SoakCall[];
}

/** How often a user or Zapier runs a step again that certainly dialed nobody. */
export const MAX_ATTEMPTS = 40;

/**
 * Area codes of cities in which Ofcom reserves 1,000 numbers each for films
 * (https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama), and whose numbers the node accepts.
 */
const CITIES = [113, 114, 116, 117, 118, 121, 131, 141, 151, 161];

export const MAX_CALLS = CITIES.length * 1000;

/** @param index from 0 to `MAX_CALLS` - 1 */
export function filmNumber(index: number): string {
  const city = CITIES[Math.floor(index / 1000)] ?? 0;
  return `+44${city}4960${String(index % 1000).padStart(3, '0')}`;
}

export function soakCalls(count: number): SoakCall[] {
  return Array.from({ length: count }, (_, index) => ({
    phoneNumber: filmNumber(index),
    reference: `lead-${index}`,
    twice: index % 5 === 0,
  }));
}
