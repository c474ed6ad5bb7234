import { normalizedNumber, type DograhErrorData, type DograhIdentity } from '@dograh/shared';
import type { IExecuteFunctions, INode } from 'n8n-workflow';
import { isTool } from '../tool';
import { Turns, type Waiting } from './turns';

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
  /** The run of the ordinary node that returned it, when n8n took the output of that run. -1 if the node was renamed. */
  outputRun?: number;
  /** Whether it was found in Dograh, because n8n had not stored it. */
  isFound?: true;
}

/** Plain data, because n8n stores it with the execution. */
interface StoredMemory {
  readonly nodes: StoredNode[];
  readonly connections: DograhIdentity[];
}

interface StoredNode {
  id: string;
  name: string;
  readonly isTool: boolean;
  /** In the order in which they were placed. */
  calls: StoredCall[];
  /** By attempt: the last run of the node whose output n8n took, and the name of the node then. */
  readonly ended: Record<string, EndedRun>;
}

export interface EndedRun {
  readonly run: number;
  /** n8n counts the runs of a node by its name. */
  readonly name: string;
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

/** The stored calls of one node. */
export class CallMemory {
  readonly #memory: StoredMemory;
  readonly #node: StoredNode;
  #index: NumberIndex = { calls: [], count: 0, byNumber: new Map() };

  constructor(context: IExecuteFunctions, node: INode) {
    const stored = context.getContext('flow') as { [KEY]?: unknown };
    const known = stored[KEY];
    this.#memory = isMemory(known) ? known : { nodes: [], connections: [] };
    stored[KEY] = this.#memory;
    this.#node = nodeIn(this.#memory, context, node);
  }

  get calls(): readonly StoredCall[] {
    return this.#node.calls;
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
    this.#node.calls.push(added);
    return added;
  }

  forget(isForgotten: (call: StoredCall) => boolean): void {
    const kept = this.calls.filter((call) => !isForgotten(call));
    if (kept.length < this.calls.length) this.#node.calls = kept;
  }

  dograhOf(call: StoredCall): DograhIdentity | undefined {
    return this.#memory.connections[call.connection];
  }

  /** The last run whose output n8n took and stored in this attempt. */
  endedRunOf(attempt: string): EndedRun | undefined {
    return this.#node.ended[attempt];
  }

  markEnded(attempt: string, run: number): void {
    const last = this.#node.ended[attempt];
    if (last === undefined || run > last.run) {
      this.#node.ended[attempt] = { run, name: this.#node.name };
    }
  }

  /** Runs `work` after the work before it with the same key. Two requests for a number can come at the same moment. */
  async inTurn<T>(key: string, work: () => Promise<T>, waiting: Waiting): Promise<T> {
    const turns = turnsOf.get(this.#memory) ?? new Turns();
    turnsOf.set(this.#memory, turns);
    return await turns.take(`${this.#node.id} ${key}`, work, waiting);
  }
}

/** Another program can write into the shared data, too. */
function isMemory(stored: unknown): stored is StoredMemory {
  const { nodes, connections } = (stored ?? {}) as Partial<Record<keyof StoredMemory, unknown>>;
  return Array.isArray(nodes) && Array.isArray(connections);
}

/** What is stored of this node. A person can rename it between two attempts, or replace it by one of the same kind. */
function nodeIn(
  memory: StoredMemory,
  context: IExecuteFunctions,
  { id, name, type }: INode,
): StoredNode {
  const { nodes } = memory;
  const kind = isTool({ type });
  const isReplaced = (one: StoredNode): boolean =>
    one.isTool === kind && (one.name === name || !hasNode(context, one.name));
  let node = nodes.find((one) => one.id === id) ?? nodes.find(isReplaced);
  if (node === undefined) {
    node = { id, name, isTool: kind, calls: [], ended: {} };
    nodes.push(node);
  }
  node.id = id;
  if (node.name !== name) {
    // n8n counts the runs from 0 again.
    for (const call of node.calls) if (call.outputRun !== undefined) call.outputRun = -1;
    node.name = name;
  }
  return node;
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
