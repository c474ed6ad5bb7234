import { normalizedNumber, type DograhErrorData, type DograhIdentity } from '@dograh/shared';
import type { IExecuteFunctions, INode } from 'n8n-workflow';
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
  /** The `call_request_id`. */
  readonly request: string;
  /** Missing while it is not known whether Dograh placed the call. */
  runId?: number;
  runName?: string | null;
  /** Why it is not known. */
  error?: DograhErrorData;
  /** Whether the result was reported to the model of the tool. */
  isReported?: true;
  /** The last execution that returned this call to an item. */
  returnedIn?: string;
  /** The execution in which n8n took the output of this call, although other items failed. */
  outputIn?: string;
}

/** Plain data, because n8n stores it with the execution. */
interface StoredMemory {
  /** By the ID of the node, because a person can rename a node between two attempts. */
  nodes: Record<string, StoredNode>;
  connections: DograhIdentity[];
  /** Whether a retry made this memory, because n8n was killed in the attempt before it. */
  isAfterCrash?: true;
}

interface StoredNode {
  name: string;
  /** In the order in which they were placed. */
  calls: StoredCall[];
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
  readonly #stored: { [KEY]?: StoredMemory };
  readonly #id: string;
  readonly #name: string;
  readonly #isRetry: boolean;
  #index: NumberIndex = { calls: [], count: 0, byNumber: new Map() };

  constructor(context: IExecuteFunctions, { id, name }: INode) {
    this.#stored = context.getContext('flow') as { [KEY]?: StoredMemory };
    this.#id = id;
    this.#name = name;
    this.#isRetry = context.getMode() === 'retry';
    this.#adoptCallsOfOldNode(context);
  }

  get calls(): readonly StoredCall[] {
    return this.#stored[KEY]?.nodes[this.#id]?.calls ?? NO_CALLS;
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
    const isAfterCrash = this.mayHaveLostCalls ? ({ isAfterCrash: true } as const) : {};
    const memory = (this.#stored[KEY] ??= { nodes: {}, connections: [], ...isAfterCrash });
    const node = (memory.nodes[this.#id] ??= { name: this.#name, calls: [] });
    const added = { ...call, connection: positionOf(dograh, memory.connections) };
    node.calls.push(added);
    return added;
  }

  keep(isKept: (call: StoredCall) => boolean): void {
    const memory = this.#stored[KEY];
    const kept = this.calls.filter(isKept);
    if (memory === undefined || kept.length === this.calls.length) return;
    if (kept.length > 0) memory.nodes[this.#id] = { name: this.#name, calls: kept };
    else Reflect.deleteProperty(memory.nodes, this.#id);
  }

  /** Whether an earlier attempt may have placed calls that are not stored. n8n stores nothing if it is killed. */
  get mayHaveLostCalls(): boolean {
    const memory = this.#stored[KEY];
    return memory === undefined ? this.#isRetry : memory.isAfterCrash === true;
  }

  dograhOf(call: StoredCall): DograhIdentity | undefined {
    return this.#stored[KEY]?.connections[call.connection];
  }

  /** Runs `work` after the work before it with the same key. Two requests for a number can come at the same moment. */
  async inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    const turns = turnsOf.get(this.#stored) ?? new Turns();
    turnsOf.set(this.#stored, turns);
    return await turns.take(`${this.#id} ${key}`, work);
  }

  /** A person can replace the node by a new one between two attempts, or give it a new ID. */
  #adoptCallsOfOldNode(context: IExecuteFunctions): void {
    const nodes = this.#stored[KEY]?.nodes ?? {};
    for (const [id, { name, calls }] of Object.entries(nodes)) {
      if (id === this.#id || (name !== this.#name && hasNode(context, name))) continue;
      nodes[this.#id] = { name: this.#name, calls: [...calls, ...this.calls] };
      Reflect.deleteProperty(nodes, id);
    }
    const own = nodes[this.#id];
    if (own !== undefined) own.name = this.#name;
  }
}

function positionOf({ service, key }: DograhIdentity, connections: DograhIdentity[]): number {
  const position = connections.findIndex((one) => one.service === service && one.key === key);
  return position >= 0 ? position : connections.push({ service, key }) - 1;
}

function hasNode(context: IExecuteFunctions, name: string): boolean {
  try {
    const find = context.getWorkflowDataProxy(0)['$'] as (name: string) => unknown;
    return find(name) !== undefined;
  } catch {
    return false;
  }
}
