import {
  DograhError,
  OutcomeUnknownError,
  type CallInput,
  type CallResult,
  type DograhErrorData,
} from '@dograh/shared';
import type { IExecuteFunctions } from 'n8n-workflow';

/** What became of the call of one item. Plain data: n8n stores it with the execution. */
type Entry = { readonly call: string; readonly executionId: string } & (
  | { readonly result: CallResult }
  | { readonly unclear: DograhErrorData }
);
type Entries = Record<string, Entry>;

/**
 * The calls that this run of the node has placed so far.
 *
 * "Retry On Fail" and a retry from the list of executions run the whole node again, for the items that went
 * well, too. This memory lives in the execution, so the second time their phones stay silent.
 */
export class PlacedCalls {
  readonly #executionId: string;
  readonly #runs: Record<string, Entries>;
  readonly #runIndex: number;

  constructor(context: IExecuteFunctions) {
    const memory = context.getContext('node') as { placedCalls?: Record<string, Entries> };
    this.#runs = memory.placedCalls ??= {};
    this.#runIndex = context.getWorkflowDataProxy(0).$runIndex;
    this.#executionId = context.getExecutionId();
  }

  /** The result of this item's call: that of an earlier attempt when there was one, otherwise a new call's. */
  async once(
    itemIndex: number,
    input: CallInput,
    place: () => Promise<CallResult>,
  ): Promise<CallResult> {
    const call = JSON.stringify([input.agent, input.environment, input.phoneNumber]);
    const earlier = this.#entries()[itemIndex];
    if (earlier?.call === call) {
      if ('result' in earlier) return earlier.result;
      // A person who retries the execution by hand has looked, and decides.
      if (earlier.executionId === this.#executionId) throw new OutcomeUnknownError(earlier.unclear);
    }
    const entry = { call, executionId: this.#executionId };
    const result = await place().catch((thrown: unknown) => {
      const error = thrown instanceof DograhError ? thrown : defect(thrown);
      if (error.callPlaced === 'unknown') {
        this.#entries()[itemIndex] = { ...entry, unclear: error.toJSON() };
      }
      throw error;
    });
    this.#entries()[itemIndex] = { ...entry, result };
    return result;
  }

  /** For a message: n8n drops the output of the earlier items when a later one stops the node. */
  summary(): string {
    const runs = Object.entries(this.#entries()).flatMap(([itemIndex, entry]) =>
      'result' in entry ? [`run ${entry.result.workflow_run_id} for item ${itemIndex}`] : [],
    );
    return runs.length === 0 ? '' : `Already placed before this: ${runs.join(', ')}.`;
  }

  /** When all items went well, nothing runs again. */
  forget(): void {
    delete this.#runs[this.#runIndex];
  }

  #entries(): Entries {
    return (this.#runs[this.#runIndex] ??= {});
  }
}

/** Where the client itself breaks, the call may have gone out before. */
function defect(thrown: unknown): OutcomeUnknownError {
  return new OutcomeUnknownError({
    message: `It is not known whether the call was placed: ${String(thrown)}.`,
    hint: 'Before you send it again, look in the Dograh dashboard for a new run. Please report this to the makers of the node.',
  });
}
