/** The result of one check. `T` is what later checks need of it. */
export type Finding<T> = Works<T> | Differs<T> | NotTried;

export interface Works<T> {
  readonly verdict: 'works';
  /** In one sentence. */
  readonly facts: string;
  readonly found: T;
}

export interface Differs<T> {
  readonly verdict: 'differs';
  readonly expected: string;
  readonly came: string;
  /** Present if later checks can continue with it. */
  readonly found?: T;
}

export interface NotTried {
  readonly verdict: 'not tried';
  readonly why: string;
}

export function works(facts: string): Works<undefined>;
export function works<T>(facts: string, found: T): Works<T>;
export function works<T>(facts: string, found?: T): Works<T | undefined> {
  return { verdict: 'works', facts, found };
}

export function differs(expected: string, came: string): Differs<never> {
  return { verdict: 'differs', expected, came };
}

export function notTried(why: string): NotTried {
  return { verdict: 'not tried', why };
}
