import type { PlannedFault } from '../../simulator';

/**
 * The plan of a family: an execution and its retries. It is made before anything runs, so that the same seed plans the
 * same things.
 */
export interface FamilyPlan {
  readonly family: number;
  /** Whether n8n is killed during the first attempt. */
  readonly crashes: boolean;
  readonly subject: AgentPlan | RowsPlan;
  /** The first execution and its retries. A retry is left out if there is nothing to retry. */
  readonly attempts: readonly [AttemptPlan, ...AttemptPlan[]];
}

/** An AI Agent with the node as its tool. */
export interface AgentPlan {
  readonly kind: 'agent';
  readonly version: number;
  readonly batchSize: number;
  /** Whether the agent asks another agent, which has the tool. */
  readonly isNested: boolean;
  /** Whether Loop Over Items gives the agent one row after the other. */
  readonly isLooped: boolean;
  readonly toolRetries: boolean;
  readonly agentRetries: boolean;
  readonly toolOnError: OnError;
  /** The tasks of the rows. */
  readonly tasks: readonly string[];
}

/** The node itself, with one call for each row. */
export interface RowsPlan {
  readonly kind: 'rows';
  readonly phones: readonly string[];
  readonly concurrency: number;
  /** Items of each pass of Loop Over Items. 0 means no loop. */
  readonly loopSize: number;
  readonly waits: boolean;
  readonly retries: boolean;
  readonly onError: OnError;
}

export type OnError = 'stopWorkflow' | 'continueRegularOutput';

export interface AttemptPlan {
  /** Which execution to retry. */
  readonly of: 'newest' | 'first';
  /** Whether the credential is for the second Dograh. */
  readonly isElsewhere: boolean;
  readonly faults: readonly PlannedFault[];
  /** Whether the list of Dograh is readable, but does not contain new runs yet. */
  readonly listLags: boolean;
  readonly edit: Edit;
  readonly mayCallAgain: boolean;
  /** Whether the node after the agent, or after the Dograh node, fails. */
  readonly nextFails: boolean;
  /** The answers of the model by task. After the last one, it says that it is done. */
  readonly turns: Readonly<Record<string, readonly TurnPlan[]>>;
  /** Numbers of rows that are changed in this attempt. */
  readonly changed: Readonly<Record<string, string>>;
}

/** What an agent or the rows plan for one attempt. */
export type AttemptOfSubject = Pick<
  AttemptPlan,
  'turns' | 'changed' | 'mayCallAgain' | 'nextFails'
>;

/** How the workflow differs from its first version. */
export interface Edit {
  readonly isRenamed: boolean;
  /** Whether the node was replaced by a copy, which has another ID. */
  readonly isReplaced: boolean;
  /** Whether the expression of the number writes it with spaces. */
  readonly isReformatted: boolean;
  readonly isNoteInserted: boolean;
  readonly timeoutSeconds: number;
}

export const NO_EDIT: Edit = {
  isRenamed: false,
  isReplaced: false,
  isReformatted: false,
  isNoteInserted: false,
  timeoutSeconds: 30,
};

/** Numbers to call, tasks for the agent below, or a failure of the model. */
export type TurnPlan =
  | { readonly phones: readonly string[] }
  | { readonly tasks: readonly string[] }
  | 'fail';
