import {
  DograhError,
  isSameNumber,
  OutcomeUnknownError,
  type CallResult,
  type DograhErrorData,
} from '@dograh/shared';
import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { isTool } from './output';

/** Plain data, for n8n stores it with the execution. */
interface Memory {
  /** By run of the node and by item. */
  placed?: Record<string, Record<string, PlacedCall>>;
  /** By execution: the calls of which nobody knows whether they were placed. */
  unclear?: Record<string, UnclearCall[]>;
}

interface PlacedCall {
  readonly executionId: string;
  /** The one that was dialled. */
  readonly phoneNumber: string;
  readonly result: CallResult;
  /** Whether its tool's model was told of it. */
  isHandedOver?: boolean;
}

interface UnclearCall {
  readonly phoneNumber: string;
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
 *
 * A tool runs once for each time that the model asks for it, and once for each try of its Retry On Fail, and nothing
 * tells the two apart. So a call that the model was not told of, because the tool failed after it, is handed on
 * whenever the number is asked for. One that it was told of it may mean to repeat; but not after a retry by hand, which
 * starts the conversation anew.
 */
export class PlacedCalls {
  readonly #memory: Memory;
  readonly #executionId: string;
  readonly #runIndex: number;
  readonly #isTool: boolean;
  /** What this run of the node was given, to hand it on. */
  readonly #given: PlacedCall[] = [];

  constructor(context: IExecuteFunctions, node: INode) {
    this.#memory = context.getContext('node') as Memory;
    this.#executionId = context.getExecutionId();
    this.#runIndex = context.getWorkflowDataProxy(0).$runIndex;
    this.#isTool = isTool(node);
  }

  /** The result of this item's call: that of an earlier attempt when there was one, otherwise a new call's. */
  async once(itemIndex: number, phoneNumber: string, call: CallActions): Promise<CallResult> {
    const placed =
      this.#earlier(itemIndex, phoneNumber) ?? (await this.#new(itemIndex, phoneNumber, call));
    this.#given.push(placed);
    return placed.result;
  }

  /** For a message: n8n drops the output of the earlier items when a later one stops the node. */
  summary(): string {
    const runs = Object.entries(this.#memory.placed?.[this.#runIndex] ?? {})
      .filter(([, { result }]) => !result.skipped)
      .map(([itemIndex, { result }]) => `run ${result.workflow_run_id} for item ${itemIndex}`);
    return runs.length === 0 ? '' : `Already placed before this: ${runs.join(', ')}.`;
  }

  /** When all items went well, nothing runs again; unless it is a tool, whose agent may still fail. */
  handOver(): void {
    if (!this.#isTool) delete this.#memory.placed?.[this.#runIndex];
    for (const call of this.#given) call.isHandedOver = true;
  }

  #earlier(itemIndex: number, phoneNumber: string): PlacedCall | undefined {
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

  async #new(itemIndex: number, phoneNumber: string, call: CallActions): Promise<PlacedCall> {
    const result =
      (await this.#recovered(itemIndex, phoneNumber, call)) ??
      (await this.#placed(itemIndex, phoneNumber, call));
    const all = (this.#memory.placed ??= {});
    const placed = { executionId: this.#executionId, phoneNumber, result };
    (all[this.#runIndex] ??= {})[itemIndex] = placed;
    return placed;
  }

  async #placed(itemIndex: number, phoneNumber: string, call: CallActions): Promise<CallResult> {
    const unclear = this.#memory.unclear?.[this.#executionId] ?? [];
    const twin = unclear.find((one) => isSameNumber(one.phoneNumber, phoneNumber));
    if (twin !== undefined) throw twinOf(twin);
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

  /** The run of an earlier attempt at this item that was unclear; undefined where there is none to wait for. */
  async #recovered(
    itemIndex: number,
    phoneNumber: string,
    call: CallActions,
  ): Promise<CallResult | undefined> {
    for (const [executionId, earlier] of Object.entries(this.#memory.unclear ?? {})) {
      const unclear = earlier.find(
        (one) =>
          isSameNumber(one.phoneNumber, phoneNumber) &&
          // Every try of a tool is a run of its own.
          (this.#isTool || (one.itemIndex === itemIndex && one.runIndex === this.#runIndex)),
      );
      if (unclear === undefined) continue;
      const outcome = await call.recover(unclear.error).catch((error: unknown) => asError(error));
      if (!(outcome instanceof Error) || saysNobodyWasDialled(outcome)) {
        // Searched for only now: calls of other items may have been cleared up meanwhile.
        earlier.splice(earlier.indexOf(unclear), 1);
      }
      if (!(outcome instanceof Error)) return outcome;
      if (executionId === this.#executionId || !isDecidedByHand(outcome)) throw outcome;
    }
    return undefined;
  }
}

/** n8n gives a retry by hand another execution ID. That person has looked, and decides; if one could look at all. */
function isDecidedByHand(error: Error): boolean {
  return error instanceof OutcomeUnknownError && error.trace?.couldLook !== false;
}

/** Then the item may be called, the next time. */
function saysNobodyWasDialled(error: Error): boolean {
  return error instanceof DograhError && error.kind === 'Telephony';
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** Of a call that was not sent, because nobody knows of another to the same number whether it was placed. */
function twinOf({ itemIndex, error }: UnclearCall): OutcomeUnknownError {
  const message = `Not sent, because the call for item ${itemIndex} to the same number is unclear. ${error.message}`;
  return new OutcomeUnknownError({ ...error, message, trace: undefined });
}
