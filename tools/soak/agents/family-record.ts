import type { AttemptFacts } from './allowed-calls';
import type { FamilyPlan } from './plan';

/** What happened to a family. */
export interface FamilyRecord {
  readonly plan: FamilyPlan;
  readonly attempts: readonly AttemptRecord[];
  /** The calls of both servers of Dograh to the numbers of the family, oldest first. */
  readonly calls: readonly DialedCall[];
}

export interface AttemptRecord extends AttemptFacts {
  readonly executionId: string;
  readonly status: string;
  /** The server of Dograh that the credential was for: 0 or 1. */
  readonly dograh: number;
  readonly results: readonly ResultRecord[];
  /** The errors of the node, and its results without a run. */
  readonly refused: readonly string[];
  /** Whether the stored execution contains an API key. */
  readonly hasKey: boolean;
}

export interface DialedCall {
  readonly dograh: number;
  readonly runId: number;
  readonly phone: string;
  /** The attempt in which it was placed. */
  readonly attempt: number;
  readonly isUnclear: boolean;
}

/** A result with a run. */
export interface ResultRecord {
  /** The digits of the number that the model or the row asked for. */
  readonly phone: string;
  readonly runId: number;
  readonly isMarked: boolean;
  readonly by: 'model' | 'node';
  /** The row that got it. Undefined for a tool. */
  readonly row?: number | undefined;
}
