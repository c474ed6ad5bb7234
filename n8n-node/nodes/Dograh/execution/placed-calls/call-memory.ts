import { normalizedNumber, type DograhErrorData, type DograhIdentity } from '@dograh/shared';
import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { isTool } from '../tool';
import { Turns } from './turns';

/** A call that this node placed, or may have placed. Stored with the execution, so its keys never change. */
export interface StoredCall {
  /** The execution that placed it. A retry by hand is another execution. */
  readonly execution: string;
  /** Run index of the node, and item index. Each request of a tool has its own run index. */
  readonly run: number;
  readonly item: number;
  readonly number: string;
  /** The same text for the same variables. It tells two people with the same number apart. */
  readonly variables: string;
  /** Position of its Dograh and key in the list of connections. */
  readonly connection: number;
  /** The `call_request_id` of the request that placed it. */
  readonly request: string;
  /** Missing while it is not known whether Dograh placed the call. */
  runId?: number;
  runName?: string | null;
  /** Why it is not known. */
  error?: DograhErrorData;
  /** The last execution that returned it to a request of a model. */
  returnedIn?: string;
  /** The last execution in which a run of the tool that returned it succeeded. */
  reportedIn?: string;
  /** The run index of the ordinary node that returned it, when n8n took the output of that run. */
  outputRun?: number;
}

/** Plain data, because n8n stores it with the execution. */
interface StoredMemory {
  readonly nodes: StoredNode[];
  readonly connections: DograhIdentity[];
  /** Whether a call was found in Dograh that n8n had not stored, because n8n was killed. */
  isIncomplete?: true;
}

interface StoredNode {
  id: string;
  name: string;
  readonly isTool: boolean;
  /** In the order in which they were placed. */
  calls: StoredCall[];
  /** The last run of the node whose output n8n took. */
  ended?: number;
}

/** The key within the data that all nodes of an execution share. */
const KEY = 'dograhCalls';

/** The turns of each execution, because parallel runs of a tool have a memory object each. */
const turnsOf = new WeakMap<object, Turns>();

/** The first `count` calls by number. A node can have thousands. */
interface NumberIndex {
  readonly calls: readonly StoredCall[];
  count: number;
  readonly byNumber: Map<string, StoredCall[]>;
}

const NO_CALLS: readonly StoredCall[] = [];

/** The stored calls of one node. */
export class CallMemory {
  readonly #memory: StoredMemory;
  readonly #id: string;
  readonly #name: string;
  readonly #isTool: boolean;
  #index: NumberIndex = { calls: [], count: 0, byNumber: new Map() };

  constructor(context: IExecuteFunctions, node: INode) {
    const stored = context.getContext('flow') as { [KEY]?: StoredMemory };
    // If the execution ends without a crash, n8n stores the memory, although it may be empty.
    const isIncomplete = context.getMode() === 'retry' ? ({ isIncomplete: true } as const) : {};
    this.#memory = stored[KEY] ??= { nodes: [], connections: [], ...isIncomplete };
    this.#id = node.id;
    this.#name = node.name;
    this.#isTool = isTool(node);
    this.#takeCallsOfOldNode(context);
  }

  get calls(): readonly StoredCall[] {
    return this.#node?.calls ?? NO_CALLS;
  }

  callsTo(number: string): readonly StoredCall[] {
    const { calls } = this;
    // Parallel runs of a tool share the calls. They add calls at the end, or replace the list.
    if (this.#index.calls !== calls) this.#index = { calls, count: 0, byNumber: new Map() };
    const { byNumber } = this.#index;
    for (const call of calls.slice(this.#index.count)) {
      const key = normalizedNumber(call.number);
      const group = byNumber.get(key);
      if (group === undefined) byNumber.set(key, [call]);
      else group.push(call);
    }
    this.#index.count = calls.length;
    return byNumber.get(normalizedNumber(number)) ?? [];
  }

  add(call: Omit<StoredCall, 'connection'>, dograh: DograhIdentity): StoredCall {
    const added = { ...call, connection: positionOf(dograh, this.#memory.connections) };
    this.#ownNode().calls.push(added);
    return added;
  }

  forget(isForgotten: (call: StoredCall) => boolean): void {
    const node = this.#node;
    const kept = this.calls.filter((call) => !isForgotten(call));
    if (node !== undefined && kept.length < node.calls.length) node.calls = kept;
  }

  dograhOf(call: StoredCall): DograhIdentity | undefined {
    return this.#memory.connections[call.connection];
  }

  /** The last run of the node that surely ended before n8n could be killed. -1 if there is none. */
  get endedRun(): number {
    return this.#node?.ended ?? -1;
  }

  /** After a crash, n8n may count the runs of a node in another way. Then the count of before stays. */
  markEnded(run: number): void {
    if (!this.isIncomplete) this.#ownNode().ended = Math.max(this.endedRun, run);
  }

  /** Whether calls of earlier attempts may be missing. n8n stores nothing if it is killed. */
  get isIncomplete(): boolean {
    return this.#memory.isIncomplete === true;
  }

  /** For a call that was found in Dograh, although it was not stored. */
  markIncomplete(): void {
    this.#memory.isIncomplete = true;
  }

  /** Runs `work` after the work before it with the same key. Two requests for a number can come at the same moment. */
  async inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const turns = turnsOf.get(this.#memory) ?? new Turns();
    turnsOf.set(this.#memory, turns);
    return await turns.take(`${this.#id} ${key}`, work);
  }

  get #node(): StoredNode | undefined {
    return this.#memory.nodes.find(({ id }) => id === this.#id);
  }

  #ownNode(): StoredNode {
    if (this.#node !== undefined) return this.#node;
    const node = { id: this.#id, name: this.#name, isTool: this.#isTool, calls: [] };
    this.#memory.nodes.push(node);
    return node;
  }

  /** A person can rename the node between two attempts, or replace it by a new one of the same kind. */
  #takeCallsOfOldNode(context: IExecuteFunctions): void {
    const { nodes } = this.#memory;
    if (this.#node === undefined) {
      const old = nodes.find(
        (one) =>
          one.isTool === this.#isTool && (one.name === this.#name || !hasNode(context, one.name)),
      );
      if (old !== undefined) old.id = this.#id;
    }
    if (this.#node !== undefined) this.#node.name = this.#name;
  }
}

function positionOf({ service, key }: DograhIdentity, connections: DograhIdentity[]): number {
  const position = connections.findIndex((one) => one.service === service && one.key === key);
  return position >= 0 ? position : connections.push({ service, key }) - 1;
}

/** n8n throws an error if an expression names a node that does not exist. */
function hasNode(context: IExecuteFunctions, name: string): boolean {
  try {
    const find = context.getWorkflowDataProxy(0)['$'] as (name: string) => unknown;
    return find(name) !== undefined;
  } catch {
    return false;
  }
}
