import {
  DograhError,
  isSameNumber,
  OutcomeUnknownError,
  type CallResult,
  type DograhErrorData,
} from '@dograh/shared';
import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { isTool } from './output';

/** Plain data, because n8n stores it with the execution. Stored executions contain these keys, so they never change. */
interface Memory {
  /** By run index of the node, then by item index. */
  placed?: Record<string, Record<string, PlacedCall>>;
  /** By execution ID: the calls for which it is unknown whether Dograh placed them. */
  unclear?: Record<string, UnclearCall[]>;
}

interface PlacedCall {
  readonly executionId: string;
  readonly phoneNumber: string;
  readonly result: CallResult;
  /** Whether the result was reported to the tool's model. */
  isHandedOver?: boolean;
}

interface UnclearCall {
  readonly phoneNumber: string;
  readonly runIndex: number;
  readonly itemIndex: number;
  readonly error: DograhErrorData;
}

/** The two ways to get the result of one item's call. */
export interface CallActions {
  /** Places the call. */
  place(): Promise<CallResult>;
  /** Searches for the run of an unclear call. Places no call. */
  recover(lost: DograhErrorData): Promise<CallResult>;
}

/**
 * The calls that this node has placed so far.
 *
 * "Retry On Fail" and a retry from the list of executions run the whole node again, including the items that succeeded.
 * This memory is stored in the execution. So a retry does not call these numbers again, even if the agent or the
 * variables have changed.
 *
 * A tool runs once for each request of the model and once for each try of Retry On Fail. Nothing tells the two apart.
 * If the tool failed after the call, its result was not reported to the model. The next request for that number then
 * returns this result. After a reported call, a new request means a new call. A retry by hand starts a new
 * conversation, so it returns the result of a reported call, too.
 */
export class PlacedCalls {
  readonly #memory: Memory;
  readonly #executionId: string;
  readonly #runIndex: number;
  readonly #isTool: boolean;
  /** The calls whose results this run of the node returns. */
  readonly #returned: PlacedCall[] = [];

  constructor(context: IExecuteFunctions, node: INode) {
    this.#memory = context.getContext('node') as Memory;
    this.#executionId = context.getExecutionId();
    this.#runIndex = context.getWorkflowDataProxy(0).$runIndex;
    this.#isTool = isTool(node);
  }

  /** The result of this item's call: from an earlier attempt if there was one, otherwise from a new call. */
  async once(itemIndex: number, phoneNumber: string, call: CallActions): Promise<CallResult> {
    const placed =
      this.#find(itemIndex, phoneNumber) ??
      (await this.#placeOrRecover(itemIndex, phoneNumber, call));
    this.#returned.push(placed);
    return placed.result;
  }

  /** For the message of the error that stops the node, because n8n then drops the output of all items. */
  summary(): string {
    const runs = Object.entries(this.#memory.placed?.[this.#runIndex] ?? {})
      .filter(([, { result }]) => !result.skipped)
      .map(([itemIndex, { result }]) => `run ${result.workflow_run_id} for item ${itemIndex}`);
    return runs.length === 0 ? '' : `Calls already placed: ${runs.join(', ')}.`;
  }

  /** All items succeeded, so none is retried. A tool keeps its calls, because its agent can fail later. */
  markReported(): void {
    if (!this.#isTool) delete this.#memory.placed?.[this.#runIndex];
    for (const call of this.#returned) call.isHandedOver = true;
  }

  #find(itemIndex: number, phoneNumber: string): PlacedCall | undefined {
    const ofItem = this.#memory.placed?.[this.#runIndex]?.[itemIndex];
    if (ofItem !== undefined && isSameNumber(ofItem.phoneNumber, phoneNumber)) return ofItem;
    if (!this.#isTool) return undefined;
    return Object.values(this.#memory.placed ?? {})
      .flatMap((items) => Object.values(items))
      .find(
        (one) =>
          isSameNumber(one.phoneNumber, phoneNumber) &&
          (one.executionId !== this.#executionId || one.isHandedOver !== true),
      );
  }

  async #placeOrRecover(
    itemIndex: number,
    phoneNumber: string,
    call: CallActions,
  ): Promise<PlacedCall> {
    const result =
      (await this.#recover(itemIndex, phoneNumber, call)) ??
      (await this.#place(itemIndex, phoneNumber, call));
    const all = (this.#memory.placed ??= {});
    const placed = { executionId: this.#executionId, phoneNumber, result };
    (all[this.#runIndex] ??= {})[itemIndex] = placed;
    return placed;
  }

  async #place(itemIndex: number, phoneNumber: string, call: CallActions): Promise<CallResult> {
    const unclear = this.#memory.unclear?.[this.#executionId] ?? [];
    const sameNumber = unclear.find((one) => isSameNumber(one.phoneNumber, phoneNumber));
    if (sameNumber !== undefined) throw sameNumberError(sameNumber);
    return await call.place().catch((error: unknown) => {
      if (error instanceof DograhError && error.callPlaced === 'unknown') {
        const all = (this.#memory.unclear ??= {});
        const runIndex = this.#runIndex;
        (all[this.#executionId] ??= []).push({
          phoneNumber,
          runIndex,
          itemIndex,
          error: error.toJSON(),
        });
      }
      throw error;
    });
  }

  /** The run of an unclear earlier attempt at this item. Undefined if the call may be placed. */
  async #recover(
    itemIndex: number,
    phoneNumber: string,
    call: CallActions,
  ): Promise<CallResult | undefined> {
    for (const [executionId, earlier] of Object.entries(this.#memory.unclear ?? {})) {
      const unclear = earlier.find(
        (one) =>
          isSameNumber(one.phoneNumber, phoneNumber) &&
          // Each try of a tool has its own run index.
          (this.#isTool || (one.itemIndex === itemIndex && one.runIndex === this.#runIndex)),
      );
      if (unclear === undefined) continue;
      const outcome = await call.recover(unclear.error).catch((error: unknown) => asError(error));
      if (!(outcome instanceof Error) || wasNotDialed(outcome)) {
        // The index is read after the search, because other items may have removed their entries meanwhile.
        earlier.splice(earlier.indexOf(unclear), 1);
      }
      if (!(outcome instanceof Error)) return outcome;
      if (executionId === this.#executionId || !isDecidedByHand(outcome)) throw outcome;
    }
    return undefined;
  }
}

/** A retry by hand has another execution ID. The person who retries has checked the call, if a check was possible. */
function isDecidedByHand(error: Error): boolean {
  return error instanceof OutcomeUnknownError && error.trace?.couldLook !== false;
}

/** After this error, a later retry may call the number. */
function wasNotDialed(error: Error): boolean {
  return error instanceof DograhError && error.kind === 'Telephony';
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** For a call that is not sent, because an earlier call to the same number is unclear. */
function sameNumberError({ itemIndex, error }: UnclearCall): OutcomeUnknownError {
  const message = `This call was not sent, because item ${itemIndex} has the same number and its call may have been placed. ${error.message}`;
  return new OutcomeUnknownError({ ...error, message, trace: undefined });
}
