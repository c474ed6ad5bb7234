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
  unclear?: Record<string, Record<string, UnclearCall>>;
}

interface UnclearCall {
  readonly runIndex: number;
  readonly itemIndex: number;
  readonly error: DograhErrorData;
}

/** The two ways to get at the result of one item's call. */
export interface CallActions {
  /** Dials. */
  place(): Promise<CallResult>;
  /** Looks whether a call was placed after all, of which that was not known; dials nobody. */
  recover(lost: DograhErrorData): Promise<CallResult>;
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
    this.#executionId = context.getExecutionId();
    this.#runIndex = context.getWorkflowDataProxy(0).$runIndex;
  }

  /** The result of this item's call: that of an earlier attempt when there was one, otherwise a new call's. */
  async once(itemIndex: number, phoneNumber: string, call: CallActions): Promise<CallResult> {
    const earlier = this.#memory.placed?.[this.#runIndex]?.[itemIndex];
    if (earlier?.phoneNumber === phoneNumber) return earlier.result;
    const result =
      (await this.#recovered(itemIndex, phoneNumber, call)) ??
      (await this.#placed(itemIndex, phoneNumber, call));
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

  async #placed(itemIndex: number, phoneNumber: string, call: CallActions): Promise<CallResult> {
    return await call.place().catch((thrown: unknown) => {
      const error = thrown instanceof DograhError ? thrown : defect(thrown);
      if (error.callPlaced === 'unknown') this.#rememberUnclear(itemIndex, phoneNumber, error);
      throw error;
    });
  }

  /** The run of an earlier attempt that was unclear; undefined where there was none, or where a person decided. */
  async #recovered(
    itemIndex: number,
    phoneNumber: string,
    call: CallActions,
  ): Promise<CallResult | undefined> {
    for (const [executionId, numbers] of Object.entries(this.#memory.unclear ?? {})) {
      const unclear = numbers[phoneNumber];
      if (unclear === undefined) continue;
      const isOfThisItem = unclear.itemIndex === itemIndex && unclear.runIndex === this.#runIndex;
      const isOfThisExecution = executionId === this.#executionId;
      // Another item, or another try of an AI tool, which n8n counts as a run of its own.
      if (!isOfThisItem && isOfThisExecution) throw twinOf(unclear);
      if (!isOfThisItem) continue;
      const found = await call.recover(unclear.error).catch((error: unknown) => {
        // A person who retries an execution by hand has looked, and decides; n8n gives that one another ID.
        if (!isOfThisExecution && error instanceof OutcomeUnknownError) return undefined;
        throw error;
      });
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #rememberUnclear(itemIndex: number, phoneNumber: string, error: DograhError): void {
    const unclear = (this.#memory.unclear ??= {});
    (unclear[this.#executionId] ??= {})[phoneNumber] = {
      runIndex: this.#runIndex,
      itemIndex,
      error: error.toJSON(),
    };
  }
}

/** Of a call that was not sent, because nobody knows of another to the same number whether it was placed. */
function twinOf({ itemIndex, error }: UnclearCall): OutcomeUnknownError {
  const message = `Not sent, because the call for item ${itemIndex} to the same number is unclear. ${error.message}`;
  return new OutcomeUnknownError({ ...error, message });
}

/** Where the client itself breaks, the call may have gone out before. */
function defect(thrown: unknown): OutcomeUnknownError {
  return new OutcomeUnknownError({
    message: `It is not known whether the call was placed: ${thrown instanceof Error ? thrown.name : typeof thrown}.`,
    hint: 'Before you send it again, look in the Dograh dashboard for a new run. Please report this to the makers of the node.',
  });
}
