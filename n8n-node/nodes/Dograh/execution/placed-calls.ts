import {
  DograhError,
  normalizedNumber,
  OutcomeUnknownError,
  skippedFor,
  type CallResult,
  type DograhIdentity,
  type EarlierRequests,
  type PreparedCall,
} from '@dograh/shared';
import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { assignCalls, variablesMark } from './assign-calls';
import { CallMemory, type StoredCall } from './call-memory';
import { lostRequests, recentRequests } from './own-requests';
import { otherDograhError, sameNumberError, unreadableError } from './placed-calls-errors';
import { RequestIds } from './request-ids';
import { isRunByAgent, isTool } from './tool';
import { Turns } from './turns';

/** A person can start two retries of one execution at the same time. The second one finds the calls of the first. */
const retries = new Turns();

/** Calls whose run of the node has not ended. A later request of the model is not a try of Retry On Fail for them. */
const inUse = new WeakSet<StoredCall>();

/** The call of one item, or of one request of a model. */
export interface CallOfItem {
  readonly itemIndex: number;
  readonly call: PreparedCall;
  readonly identify: () => Promise<DograhIdentity>;
  /** Maximum time in the queue, in milliseconds. */
  readonly maxWaitMs: number;
  /** Whether the tool may call a number again within one execution. */
  readonly mayCallAgain: boolean;
  /** The call of another item of this run. Undefined if its input is invalid. */
  readonly callOf: (itemIndex: number) => PreparedCall | undefined;
}

/** A call whose Dograh and key are known. */
interface IdentifiedCall extends CallOfItem {
  readonly dograh: DograhIdentity;
}

/**
 * The memory of placed calls. In one execution and all its retries:
 *
 * - The node dials a number again only where the person who built the workflow asked for that.
 * - The node returns a placed call, marked, from the Dograh in which it was placed.
 * - The node returns that call to no other item.
 *
 * Each item of a node is a call that a person asked for. A request of a model is not: a model repeats itself.
 *
 * | situation                           | what n8n gives                            | what is done                              |
 * |-------------------------------------|-------------------------------------------|-------------------------------------------|
 * | another item, or another loop pass  | other item index, or other run index      | calls, also the same number               |
 * | Retry On Fail                       | same execution, run index and items       | returns the item's own call, not marked   |
 * | tool: number was called             | new run index                             | returns that call, marked and read again  |
 * | tool: number is being called        | parallel requests                         | waits, then as above                      |
 * | tool with Allow Repeated Calls      | as above                                  | calls, unless the result was not reported |
 * | tool: parallel rows (AI Agent 2)    | same run index, arguments of another row  | refuses (`own-arguments.ts`)              |
 * | retry by hand                       | new execution ID, the stored memory       | returns earlier calls by number, each     |
 * |                                     |                                           | once, marked and read again               |
 * | retry by hand after a crash         | new execution ID, no memory, same start   | asks Dograh for the node's own requests   |
 * | retry with another credential       | the same                                  | refuses, unless that key reads the run    |
 * | unclear call, same execution        | the error                                 | searches again, never dials               |
 * | unclear call, retry by hand         | the error                                 | searches again; dials if it does not      |
 * |                                     |                                           | exist: the person has decided             |
 * | MCP Server Trigger                  | no execution, no memory                   | asks Dograh for the node's requests of    |
 * |                                     |                                           | the last 10 minutes                       |
 * | sub-workflow, new execution         | nothing                                   | calls; the remedy is Call Reference       |
 * | all items succeeded                 | n8n runs this run of the node never again | forgets its calls; a tool keeps them      |
 */
export class PlacedCalls {
  readonly #context: IExecuteFunctions;
  readonly #memory: CallMemory;
  /** Undefined for the MCP Server Trigger. */
  readonly #executionId: string | undefined;
  readonly #isRetry: boolean;
  readonly #runIndex: number;
  readonly #isTool: boolean;
  readonly #isRunByAgent: boolean;
  readonly #node: INode;
  #requestIds: Promise<RequestIds> | undefined;
  /** Calls of earlier attempts by the item that gets them. Computed for the first item. */
  #assigned: ReadonlyMap<number, StoredCall> | undefined;
  /** The calls whose results this run of the node returns. */
  readonly #returned = new Set<StoredCall>();

  constructor(context: IExecuteFunctions, node: INode) {
    this.#context = context;
    this.#memory = new CallMemory(context, node);
    this.#executionId = context.getExecutionId() as string | undefined;
    this.#isRetry = context.getMode() === 'retry';
    this.#runIndex = context.getWorkflowDataProxy(0).$runIndex;
    this.#node = node;
    this.#isTool = isTool(node);
    this.#isRunByAgent = isRunByAgent(context);
    this.#forgetIf((call) => this.#isOver(call));
  }

  /** The result of this item's call: from an earlier attempt if there was one, otherwise from a new call. */
  async once(item: CallOfItem): Promise<CallResult> {
    const work = (): Promise<CallResult> => this.#once(item);
    const isInTurn = this.#isTool ? !item.mayCallAgain : this.#isRetry;
    const key = normalizedNumber(item.call.phoneNumber);
    return isInTurn ? await this.#memory.inTurn(key, work) : await work();
  }

  /** For the message of the error that stops the node, because n8n then drops the output of all items. */
  summary(): string {
    const runs = this.#memory.calls
      .filter((call) => this.#isOfThisRun(call) || this.#returned.has(call))
      .filter(({ runId }) => runId !== undefined)
      .map(({ runId, item }) => `run ${runId} for item ${item}`);
    return runs.length === 0 ? '' : `Calls already placed: ${runs.join(', ')}.`;
  }

  /**
   * n8n takes the output. It runs this run of the node again only for Retry On Fail, after a failed item.
   * @param isComplete whether all items succeeded
   */
  markOutput(isComplete: boolean): void {
    for (const call of this.#returned) call.isReported = true;
    if (this.#isTool || this.#executionId === undefined) return;
    for (const call of this.#memory.calls) {
      if (this.#isOfThisRun(call) || !this.#isOfExecution(call)) call.outputIn = this.#executionId;
    }
    if (isComplete) this.#forgetIf((call) => !isUnclear(call) || !this.#isOfExecution(call));
  }

  /** This run of the node has ended. */
  close(): void {
    for (const call of this.#returned) inUse.delete(call);
  }

  async #once(given: CallOfItem): Promise<CallResult> {
    const item = { ...given, dograh: await given.identify() };
    const earlier = this.#earlierCall(item);
    if (earlier !== undefined) {
      this.#returned.add(earlier);
      const result = await this.#resultOf(earlier, item);
      if (result !== undefined) return result;
      this.#returned.delete(earlier);
    }
    this.#assertNotUnclear(item);
    return await this.#place(item);
  }

  // Finding the earlier call. Nothing here waits, so no other item can change the memory meanwhile.

  #earlierCall(item: IdentifiedCall): StoredCall | undefined {
    const found = this.#ownCall(item) ?? this.#callOfAnotherAttempt(item);
    if (found !== undefined && this.#executionId !== undefined)
      found.returnedIn = this.#executionId;
    return found;
  }

  /** The call that an earlier try of Retry On Fail placed for this item. */
  #ownCall({ itemIndex, call }: IdentifiedCall): StoredCall | undefined {
    // n8n gives each try of a tool in an agent up to version 2 its own run index.
    if (this.#isRunByAgent) return undefined;
    return this.#memory
      .callsTo(call.phoneNumber)
      .find((one) => this.#isOfThisRun(one) && one.item === itemIndex);
  }

  #callOfAnotherAttempt(item: IdentifiedCall): StoredCall | undefined {
    if (this.#isTool) return this.#callOfTool(item);
    this.#assigned ??= assignCalls({
      calls: this.#memory.calls.filter((call) => !this.#isOfExecution(call) && !this.#isOver(call)),
      itemCount: this.#context.getInputData().length,
      callOf: item.callOf,
    });
    return this.#assigned.get(item.itemIndex);
  }

  #callOfTool({ call, mayCallAgain }: IdentifiedCall): StoredCall | undefined {
    const all = this.#memory.callsTo(call.phoneNumber);
    const notReturned = all.filter(
      (one) => !this.#isOfExecution(one) && one.returnedIn !== this.#executionId,
    );
    const next = notReturned.find((one) => !isUnclear(one)) ?? notReturned[0];
    if (next !== undefined) return next;
    if (!mayCallAgain) return all.findLast((one) => !isUnclear(one)) ?? all.at(-1);
    // A try of Retry On Fail placed it, and failed afterwards.
    return all.find(
      (one) => this.#isOfExecution(one) && one.isReported !== true && !inUse.has(one),
    );
  }

  // Its result

  /** Undefined if a person has decided to place the call again. */
  async #resultOf(earlier: StoredCall, item: IdentifiedCall): Promise<CallResult | undefined> {
    const { runId } = earlier;
    if (runId === undefined) return await this.#recover(earlier, item);
    const placed = { runId, runName: earlier.runName ?? null, callRequestId: earlier.request };
    const isTrusted = this.#isOfExecution(earlier) && this.#isSameDograh(earlier, item);
    const remembered = item.call.placedBefore(placed);
    if (isTrusted && this.#isOwn(earlier, item)) return remembered;
    const signal = this.#context.getExecutionCancelSignal();
    const now = await item.call.readAgain(placed, signal).catch((error: unknown) => {
      if (!(error instanceof DograhError) || error.kind === 'Cancelled') throw error;
      if (!isTrusted) throw unreadableError(earlier, error);
      return withNote(remembered, `Its current state could not be read: ${error.message}`);
    });
    if (now !== undefined) return skippedFor(now);
    if (isTrusted)
      return skippedFor(withNote(remembered, 'Dograh does not list this run anymore.'));
    throw this.#otherDograhError(earlier, item);
  }

  async #recover(earlier: StoredCall, item: IdentifiedCall): Promise<CallResult | undefined> {
    const { error: lost } = earlier;
    if (lost === undefined) return undefined;
    if (this.#memory.dograhOf(earlier)?.service !== item.dograh.service) {
      throw this.#otherDograhError(earlier, item);
    }
    const signal = this.#context.getExecutionCancelSignal();
    const outcome = await item.call.recover(lost, signal).catch((error: unknown) => asError(error));
    if (!(outcome instanceof Error)) {
      earlier.runId = outcome.workflow_run_id;
      earlier.runName = outcome.workflow_run_name;
      delete earlier.error;
      const isOwn = this.#isOfExecution(earlier) && this.#isOwn(earlier, item);
      return isOwn ? outcome : { ...skippedFor(outcome), recovered: true };
    }
    if (wasNotDialed(outcome)) this.#memory.keep((call) => call !== earlier);
    if (this.#isOfExecution(earlier) || !isDecidedByHand(outcome)) throw outcome;
    if (!this.#isSameDograh(earlier, item)) throw this.#otherDograhError(earlier, item);
    // Dograh has no such run, and the person has decided to call. A later request must not decide this again.
    this.#memory.keep((call) => call !== earlier);
    return undefined;
  }

  #assertNotUnclear({ call }: IdentifiedCall): void {
    const unclear = this.#memory
      .callsTo(call.phoneNumber)
      .find((one) => isUnclear(one) && this.#isOfExecution(one));
    if (unclear?.error !== undefined) throw sameNumberError(unclear.item, unclear.error);
  }

  // A new call

  async #place(item: IdentifiedCall): Promise<CallResult> {
    const { itemIndex, call, dograh, maxWaitMs } = item;
    const ids = await (this.#requestIds ??= RequestIds.of(this.#context, this.#node));
    const request = ids.create({ run: this.#runIndex, item: itemIndex });
    const stored = {
      execution: this.#executionId ?? '',
      run: this.#runIndex,
      item: itemIndex,
      number: call.phoneNumber,
      variables: variablesMark(call),
    };
    const remember = (found: Partial<StoredCall>): void => {
      const one = this.#memory.add({ ...stored, request, ...found }, dograh);
      this.#returned.add(one);
      inUse.add(one);
    };
    const signal = this.#context.getExecutionCancelSignal();
    const earlier = this.#earlierRequests(ids, item);
    const place = (): Promise<CallResult> =>
      call.place({ maxWaitMs, signal, callRequestId: request, earlier });
    const turn = `${ids.execution} ${normalizedNumber(call.phoneNumber)}`;
    const placing = this.#isRetry ? retries.take(turn, place) : place();
    const result = await placing.catch((error: unknown) => {
      if (error instanceof DograhError && error.callPlaced === 'unknown') {
        remember({ error: error.toJSON(), request: error.trace?.callRequestId ?? request });
      }
      throw error;
    });
    const requestOfRun = result.skipped ? result.initial_context['call_request_id'] : request;
    // A skipped call with the same reference may belong to another execution.
    if (typeof requestOfRun === 'string' && ids.isOfExecution(requestOfRun)) {
      const { workflow_run_id: runId, workflow_run_name: runName } = result;
      remember({ runId, runName, request: requestOfRun });
    }
    return result;
  }

  /** What to ask Dograh for before a call is placed. */
  #earlierRequests(ids: RequestIds, item: IdentifiedCall): EarlierRequests | undefined {
    if (this.#isRetry) {
      const [memory, runIndex, isTool] = [this.#memory, this.#runIndex, this.#isTool];
      return lostRequests(ids, { ...item, memory, runIndex, isTool });
    }
    const isMcp = this.#executionId === undefined;
    return isMcp && !item.mayCallAgain ? recentRequests(ids) : undefined;
  }

  /** A tool needs its calls until the end. After a crash, a call that is not stored would count as a lost one. */
  #forgetIf(isUnneeded: (call: StoredCall) => boolean): void {
    if (this.#isTool || this.#memory.mayHaveLostCalls) return;
    this.#memory.keep((call) => !isUnneeded(call));
  }

  // Properties of a stored call

  #isOfExecution({ execution }: StoredCall): boolean {
    return execution === this.#executionId;
  }

  #isOfThisRun(call: StoredCall): boolean {
    return this.#isOfExecution(call) && call.run === this.#runIndex;
  }

  #isOwn(call: StoredCall, { itemIndex }: IdentifiedCall): boolean {
    return !this.#isRunByAgent && this.#isOfThisRun(call) && call.item === itemIndex;
  }

  /** Whether its run of the node has ended for n8n. The run index tells that surely: n8n counts what it has stored. */
  #isOver(call: StoredCall): boolean {
    if (call.run >= this.#runIndex) return false;
    return this.#isOfExecution(call) ? !isUnclear(call) : call.outputIn !== undefined;
  }

  #isSameDograh(call: StoredCall, { dograh }: IdentifiedCall): boolean {
    const other = this.#memory.dograhOf(call);
    return other?.service === dograh.service && other.key === dograh.key;
  }

  #otherDograhError(call: StoredCall, { dograh }: IdentifiedCall): OutcomeUnknownError {
    return otherDograhError(call, this.#memory.dograhOf(call), dograh);
  }
}

/** Whether it is unknown if Dograh placed the call. */
function isUnclear({ runId }: StoredCall): boolean {
  return runId === undefined;
}

function withNote(result: CallResult, note: string): CallResult {
  return { ...result, notes: [...result.notes, note] };
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
