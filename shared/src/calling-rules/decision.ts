import type { CallingRuleReason } from '../errors/dograh-error';

/** What one rule says about a call. */
export type Decision = Allowed | Refused;

interface Described {
  /** The name of the rule in a form. */
  readonly rule: string;
  /** Why, in one or two sentences. */
  readonly explanation: string;
}

export interface Allowed extends Described {
  readonly allows: true;
}

export interface Refused extends Described {
  readonly allows: false;
  readonly reason: CallingRuleReason;
  /** When this rule allows the call, in milliseconds since 1970. Null: never, or not known. */
  readonly until: number | null;
}
