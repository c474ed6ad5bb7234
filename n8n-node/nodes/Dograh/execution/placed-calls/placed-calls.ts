import {
  DograhError,
  normalizedNumber,
  OutcomeUnknownError,
  skippedFor,
  type CallResult,
  type DograhIdentity,
  type EarlierRequests,
  type PlaceCallOptions,
  type PreparedCall,
} from '@dograh/shared';
import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { assignCalls, itemsByNumber, variablesMark, type ItemsByNumber } from './assign-calls';
import { CallMemory, type StoredCall } from './call-memory';
import { lostRequests, lostRequestsOfTool, recentRequests } from './own-requests';
import { otherDograhError, sameNumberError, unreadableError } from './errors';
import { attemptOf, RequestIds } from './request-ids';
import { isRunByAgent, isTool } from '../tool';
import { Turns, type Waiting } from './turns';

/** A person can start two retries of one execution at the same time. The second one finds the calls of the first. */
const retries = new Turns();

/** Calls whose run of the node has not ended. A later request of the model is not a try of Retry On Fail for them. */
const inUse = new WeakSet<StoredCall>();

/** The call of one item, or of one request of a model. */
export interface CallOfItem extends Pick<PlaceCallOptions, 'maxWaitForHoursMs' | 'whileWaiting'> {
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
 * |                                     | (a tool run by an agent: new run index)   | (marked)                                  |
 * | tool: number was called             | new run index                             | returns that call, marked and read again  |
 * | tool: number is being called        | parallel requests                         | waits, then as above                      |
 * | tool with Allow Repeated Calls      | as above                                  | calls, unless a try placed the call and   |
 * |                                     |                                           | failed before its result was reported     |
 * | tool: parallel rows (AI Agent 2)    | same run index, arguments of another row  | refuses (`own-arguments.ts`)              |
 * | retry by hand                       | new execution ID, the stored memory       | gives each earlier call to one item with  |
 * |                                     |                                           | its number, marked and read again         |
 * | retry by hand after a crash         | new execution ID, no memory, same start   | asks Dograh for the node's own requests,  |
 * |                                     |                                           | also if an older execution is retried     |
 * | retry with another credential       | the stored memory                         | refuses, unless that key reads the run    |
 * | unclear call, same execution        | the error                                 | searches again, never dials; refuses      |
 * |                                     |                                           | another item with this number             |
 * | unclear call, retry by hand         | the error                                 | searches again; dials if it does not      |
 * |                                     |                                           | exist: the person has decided             |
 * | MCP Server Trigger                  | no execution ID, no memory                | asks Dograh for the node's requests of    |
 * |                                     |                                           | the last 10 minutes                       |
 * | sub-workflow, new execution         | nothing                                   | calls; the remedy is Call Reference       |
 * | all items succeeded                 | the output is stored                      | forgets the calls of this run; a tool     |
 * |                                     |                                           | keeps them                                |
 *
 * An ordinary node gives each earlier call to one item. A call is over when n8n has taken the output of the run that
 * returned it (`outputRun`); then no later run of the node may return it. A tool returns earlier calls by number; with
 * Allow Repeated Calls each of them once in an execution (`returnedIn`), and a second time only to a try of Retry On
 * Fail, so only if no successful try has returned it (`reportedIn`) and no running try has it (`inUse`).
 */
export class PlacedCalls {
  readonly #context: IExecuteFunctions;
  readonly #node: INode;
  readonly #memory: CallMemory;
  readonly #executionId: string;
  /** Whether this is a request to the MCP Server Trigger, which has no execution. */
  readonly #isMcp: boolean;
  readonly #isRetry: boolean;
  readonly #runIndex: number;
  readonly #isTool: boolean;
  readonly #isRunByAgent: boolean;
  #requestIds: Promise<RequestIds> | undefined;
  /** Only a retry needs the other items. */
  #items: ItemsByNumber | undefined;
  /** Calls of earlier attempts by the item that gets them. Computed for the first item. */
  #assigned: ReadonlyMap<number, StoredCall> | undefined;
  /** The calls whose results this run of the node returns. */
  readonly #returned = new Set<StoredCall>();

  constructor(context: IExecuteFunctions, node: INode) {
    const executionId = context.getExecutionId() as string | undefined;
    this.#context = context;
    this.#node = node;
    this.#memory = new CallMemory(context, node);
    this.#executionId = executionId ?? '';
    this.#isMcp = executionId === undefined;
    this.#isRetry = context.getMode() === 'retry';
    this.#runIndex = context.getWorkflowDataProxy(0).$runIndex;
    this.#isTool = isTool(node);
    this.#isRunByAgent = isRunByAgent(context);
    this.#forgetEndedRuns();
  }

  /** The result of this item's call: from an earlier attempt if there was one, otherwise from a new call. */
  async once(item: CallOfItem): Promise<CallResult> {
    const work = (): Promise<CallResult> => this.#once(item);
    const isInTurn = this.#isTool ? !item.mayCallAgain : this.#isRetry;
    const key = normalizedNumber(item.call.phoneNumber);
    return isInTurn ? await this.#memory.inTurn(key, work, this.#waiting(item)) : await work();
  }

  /** For the message of the error that stops the node, because n8n then drops the output of all items. */
  summary(): string {
    const runs = this.#memory.calls
      .filter((call) => this.#isOfThisRun(call) || this.#returned.has(call))
      .filter(({ runId }) => runId !== undefined)
      .toSorted((one, other) => one.item - other.item)
      .map(({ runId, item }) => `run ${runId} for item ${item}`);
    return runs.length === 0 ? '' : `Calls already placed: ${runs.join(', ')}.`;
  }

  /**
   * n8n takes the output. It runs this run of the node again only for Retry On Fail, after a failed item.
   * @param isComplete whether all items succeeded
   */
  markOutput(isComplete: boolean): void {
    for (const call of this.#returned) {
      if (this.#isTool) call.reportedIn = this.#executionId;
      else call.outputRun = this.#runIndex;
    }
    if (this.#isTool) return;
    // Calls that no item wanted anymore, because a person changed their numbers.
    for (const call of this.#memory.calls) {
      if (!this.#isOfExecution(call) && call.run === this.#runIndex) call.outputRun ??= call.run;
    }
    this.#memory.markEnded(attemptOf(this.#executionId), this.#runIndex);
    if (isComplete) this.#forget((call) => call.outputRun === this.#runIndex);
  }

  /** This run of the node has ended. */
  close(): void {
    for (const call of this.#returned) inUse.delete(call);
  }

  async #once(given: CallOfItem): Promise<CallResult> {
    const item = { ...given, dograh: await given.identify() };
    const earlier = this.#earlierCall(item);
    if (earlier !== undefined) {
      this.#use(earlier);
      const result = await this.#resultOf(earlier, item);
      if (result !== undefined) return result;
      this.#returned.delete(earlier);
    }
    this.#assertNotUnclear(item);
    return await this.#place(item);
  }

  /** From here on, no other item gets this call. */
  #use(call: StoredCall): void {
    if (this.#isTool) call.returnedIn = this.#executionId;
    this.#returned.add(call);
    inUse.add(call);
  }

  // Finding the earlier call. Nothing here waits, so no other item can change the memory meanwhile.

  #earlierCall(item: IdentifiedCall): StoredCall | undefined {
    return this.#ownCall(item) ?? this.#callOfAnotherAttempt(item);
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
    this.#assigned ??= this.#assignStoredCalls(item);
    return this.#assigned.get(item.itemIndex);
  }

  #assignStoredCalls(item: IdentifiedCall): ReadonlyMap<number, StoredCall> {
    const isLeft = (call: StoredCall): boolean => !this.#isOfExecution(call) && !this.#isOver(call);
    const left = this.#memory.calls.filter(isLeft);
    const numbers = new Set(left.map(({ number }) => normalizedNumber(number)));
    return new Map(
      [...numbers].flatMap((number) => {
        const calls = this.#memory.callsTo(number).filter(isLeft);
        // A placed call certainly exists.
        const placedFirst = [...calls.filter(isPlaced), ...calls.filter(isUnclear)];
        const items = this.#itemsOf(item).get(number) ?? [];
        return [
          ...assignCalls(placedFirst, items, (stored, { index, call }) => ({
            variables: stored.variables === variablesMark(call),
            place: stored.item === index,
          })),
        ];
      }),
    );
  }

  #callOfTool({ call, mayCallAgain }: IdentifiedCall): StoredCall | undefined {
    const all = this.#memory.callsTo(call.phoneNumber);
    const isNew = (one: StoredCall): boolean =>
      !this.#isOfExecution(one) && one.returnedIn !== this.#executionId;
    const next = all.find((one) => isNew(one) && isPlaced(one)) ?? all.find(isNew);
    if (next !== undefined) return next;
    if (!mayCallAgain) return all.findLast(isPlaced) ?? all.at(-1);
    // A try of Retry On Fail placed it, and failed afterwards.
    return all.find((one) => one.reportedIn !== this.#executionId && !inUse.has(one));
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
    if (wasNotDialed(outcome)) this.#memory.forget((call) => call === earlier);
    if (this.#isOfExecution(earlier) || !isDecidedByHand(outcome)) throw outcome;
    if (!this.#isSameDograh(earlier, item)) throw this.#otherDograhError(earlier, item);
    // Dograh has no such run, and the person has decided to call. A later request must not decide this again.
    this.#memory.forget((call) => call === earlier);
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
    const ids = await (this.#requestIds ??= RequestIds.of(this.#context, this.#node));
    const place = (): Promise<CallResult> => this.#placeAndRemember(item, ids);
    const key = `${ids.execution} ${normalizedNumber(item.call.phoneNumber)}`;
    return this.#isRetry ? await retries.take(key, place, this.#waiting(item)) : await place();
  }

  #waiting({ whileWaiting }: CallOfItem): Waiting {
    return { signal: this.#context.getExecutionCancelSignal(), whileWaiting };
  }

  async #placeAndRemember(item: IdentifiedCall, ids: RequestIds): Promise<CallResult> {
    const { itemIndex, call, maxWaitMs, maxWaitForHoursMs, whileWaiting } = item;
    const callRequestId = ids.create({ run: this.#runIndex, item: itemIndex });
    const signal = this.#context.getExecutionCancelSignal();
    const earlier = this.#earlierRequests(ids, item);
    const placing = call.place({
      ...{ maxWaitMs, maxWaitForHoursMs, whileWaiting, signal },
      callRequestId,
      earlier,
    });
    const result = await placing.catch((error: unknown) => {
      if (error instanceof DograhError && error.callPlaced === 'unknown') {
        const request = error.trace?.callRequestId ?? callRequestId;
        this.#remember(item, request, { error: error.toJSON() });
      }
      throw error;
    });
    const { workflow_run_id: runId, workflow_run_name: runName } = result;
    // A calling rule did not allow the call. A later request is checked again.
    if (runId === null) return result;
    if (!result.skipped) this.#remember(item, callRequestId, { runId, runName });
    const found = result.initial_context['call_request_id'];
    if (result.skipped && typeof found === 'string') {
      const isLost = earlier?.choose !== undefined && earlier.includes(found);
      if (isLost) this.#remember(item, found, { runId, runName, isFound: true });
      // A call with the same reference may belong to another item. But a model got the call to its number.
      else if (this.#isTool && !item.mayCallAgain) this.#remember(item, found, { runId, runName });
    }
    return result;
  }

  #remember(item: IdentifiedCall, request: string, found: Partial<StoredCall>): void {
    const { itemIndex, call, dograh } = item;
    const stored = {
      execution: this.#executionId,
      run: this.#runIndex,
      item: itemIndex,
      number: call.phoneNumber,
      variables: variablesMark(call),
      request,
      ...found,
    };
    this.#use(this.#memory.add(stored, dograh));
  }

  /** What to ask Dograh for before a call is placed. */
  #earlierRequests(ids: RequestIds, item: IdentifiedCall): EarlierRequests | undefined {
    if (!this.#isRetry) return this.#isMcp && !item.mayCallAgain ? recentRequests(ids) : undefined;
    const { name: nodeName } = this.#node;
    const retry = { ids, memory: this.#memory, nodeName, runIndex: this.#runIndex };
    if (this.#isTool) return lostRequestsOfTool(retry);
    const all = this.#itemsOf(item).get(normalizedNumber(item.call.phoneNumber)) ?? [];
    const left = all.filter(({ index }) => index === item.itemIndex || !this.#hasCall(index));
    return lostRequests(retry, item.itemIndex, left);
  }

  #itemsOf({ callOf }: IdentifiedCall): ItemsByNumber {
    return (this.#items ??= itemsByNumber(this.#context.getInputData().length, callOf));
  }

  #hasCall(itemIndex: number): boolean {
    const isOwn = (call: StoredCall): boolean => this.#isOfThisRun(call) && call.item === itemIndex;
    return this.#assigned?.has(itemIndex) === true || this.#memory.calls.some(isOwn);
  }

  /** A tool needs its calls until the end. A call that was found in Dograh must not count as lost again. */
  #forget(isUnneeded: (call: StoredCall) => boolean): void {
    if (this.#isTool) return;
    const isForgotten = (call: StoredCall): boolean => call.isFound !== true && isUnneeded(call);
    // Dograh still has its request, which must not count as lost in a later run.
    for (const call of this.#memory.calls.filter(isForgotten)) {
      this.#memory.markEnded(attemptOf(call.execution), call.run);
    }
    this.#memory.forget(isForgotten);
  }

  #forgetEndedRuns(): void {
    // Of this execution, an unclear call still prevents another call to its number.
    this.#forget((call) => this.#isOver(call) && (isPlaced(call) || !this.#isOfExecution(call)));
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

  /** Whether n8n has taken the output of the run that returned it. n8n counts only runs that it has stored. */
  #isOver(call: StoredCall): boolean {
    const run = call.outputRun ?? (this.#isOfExecution(call) ? call.run : undefined);
    return run !== undefined && run < this.#runIndex;
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

function isPlaced(call: StoredCall): boolean {
  return !isUnclear(call);
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
