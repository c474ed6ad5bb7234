/** One call that the soak asks for: nobody else has its number or its reference. */
export interface SoakCall {
  readonly phoneNumber: string;
  readonly reference: string;
  /** Asked for a second time as soon as it was answered, as a row of a CRM that comes twice. */
  readonly twice: boolean;
}

/** What the user was told of it in the end. */
export interface SoakOutcome {
  readonly phoneNumber: string;
  readonly ending: 'placed' | 'unknown' | 'refused';
  readonly runId?: number;
  readonly recovered?: boolean;
  /** How often the step was run. */
  readonly attempts: number;
  /** The last words, where it was not placed. */
  readonly said?: string;
}

/** What a process that calls through one host is told, and what it answers. */
export interface SoakOrder {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly calls: readonly SoakCall[];
}

/** How often a user, or Zapier, runs a step again that certainly dialled nobody. */
export const MOST_ATTEMPTS = 40;

/**
 * Numbers that Ofcom keeps free for films, 1,000 in each of these cities
 * (https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama).
 */
const CITIES = [113, 114, 115, 116, 117, 118, 121, 131, 141, 151, 161];

export const MOST_CALLS = CITIES.length * 1000;

export function soakCalls(count: number): SoakCall[] {
  return Array.from({ length: count }, (_, index) => {
    const city = CITIES[Math.floor(index / 1000)] ?? 0;
    const last = String(index % 1000).padStart(3, '0');
    return {
      phoneNumber: `+44${city}4960${last}`,
      reference: `lead-${index}`,
      twice: index % 5 === 0,
    };
  });
}
