import {
  DograhError,
  OutcomeUnknownError,
  type CallResult,
  type DograhErrorData,
} from '@dograh/shared';
import type { IExecuteFunctions } from 'n8n-workflow';

/** Plain data, for n8n stores it with the execution. */
interface Memory {
  /** By run of the node and by item: the number that was dialled for it, and the result. */
  placed?: Record<string, Record<string, { readonly phoneNumber: string; result: CallResult }>>;
  /** By execution and number: the calls of which nobody knows whether they were placed. */
  unclear?: Record<string, Record<string, DograhErrorData>>;
}

/**
 * The calls that this node has placed so far.
 *
 * "Retry On Fail" and a retry from the list of executions run the whole node again, for the items that went
 * well, too. This memory lives in the execution, so the second time their phones stay silent, whatever was
 * changed about agent or context in between.
 */
export class PlacedCalls {
  readonly #memory: Memory;
  readonly #executionId: string;
  readonly #runIndex: number;

  constructor(context: IExecuteFunctions) {
    this.#memory = context.getContext('node') as Memory;
    // A person who retries an execution by hand has looked, and decides; n8n gives that one another ID.
    this.#executionId = context.getExecutionId();
    this.#runIndex = context.getWorkflowDataProxy(0).$runIndex;
  }

  /** The result of this item's call: that of an earlier attempt when there was one, otherwise a new call's. */
  async once(
    itemIndex: number,
    phoneNumber: string,
    place: () => Promise<CallResult>,
  ): Promise<CallResult> {
    const earlier = this.#memory.placed?.[this.#runIndex]?.[itemIndex];
    if (earlier?.phoneNumber === phoneNumber) return earlier.result;
    // Not by run and item: as an AI tool, each try of one call counts as a run of its own.
    const unclear = this.#memory.unclear?.[this.#executionId]?.[phoneNumber];
    if (unclear !== undefined) throw new OutcomeUnknownError(unclear);
    const result = await place().catch((thrown: unknown) => {
      const error = thrown instanceof DograhError ? thrown : defect(thrown);
      if (error.callPlaced === 'unknown') this.#rememberUnclear(phoneNumber, error);
      throw error;
    });
    const placed = (this.#memory.placed ??= {});
    (placed[this.#runIndex] ??= {})[itemIndex] = { phoneNumber, result };
    return result;
  }

  /** For a message: n8n drops the output of the earlier items when a later one stops the node. */
  summary(): string {
    const runs = Object.entries(this.#memory.placed?.[this.#runIndex] ?? {}).map(
      ([itemIndex, { result }]) => `run ${result.workflow_run_id} for item ${itemIndex}`,
    );
    return runs.length === 0 ? '' : `Already placed before this: ${runs.join(', ')}.`;
  }

  /** When all items went well, nothing runs again. */
  forget(): void {
    delete this.#memory.placed?.[this.#runIndex];
  }

  #rememberUnclear(phoneNumber: string, error: DograhError): void {
    const unclear = (this.#memory.unclear ??= {});
    (unclear[this.#executionId] ??= {})[phoneNumber] = error.toJSON();
  }
}

/** Where the client itself breaks, the call may have gone out before. */
function defect(thrown: unknown): OutcomeUnknownError {
  return new OutcomeUnknownError({
    message: `It is not known whether the call was placed: ${thrown instanceof Error ? thrown.name : typeof thrown}.`,
    hint: 'Before you send it again, look in the Dograh dashboard for a new run. Please report this to the makers of the node.',
  });
}
