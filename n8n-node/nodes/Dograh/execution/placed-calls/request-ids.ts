import { shortHash } from '@dograh/shared';
import type { IExecuteFunctions, INode } from 'n8n-workflow';

/** Where in an execution a request was made. */
interface Place {
  readonly run: number;
  readonly item: number;
}

const HEX = 16;
/** The number of values that four hex digits can have. */
const FOUR_DIGITS = HEX ** 4;

/**
 * The IDs of the requests with which this node places calls. Dograh stores them with the runs.
 *
 * A retry by hand is another execution. But n8n keeps the time at which the first one started, even if n8n was killed.
 * The ID is made from what both know: workflow, node, start, run index and item index. So a retry finds its own calls
 * in Dograh. Two executions that start in the same millisecond are not told apart.
 *
 * The ID looks like a UUID: 8 hex digits for the node, 8 for the execution and its retries, 4 for the run index, 4 for
 * the item index, 4 for the attempt, and 4 random ones. The number 65,536 counts as 0.
 */
export class RequestIds {
  private constructor(
    private readonly ofNode: string,
    private readonly ofExecution: string,
    /** When the first attempt of this execution started, in milliseconds since 1970. Undefined if n8n does not tell. */
    readonly startedAt: number | undefined,
    /** Identifies this attempt among the retries of one execution. */
    readonly attempt: string,
  ) {}

  static async of(context: IExecuteFunctions, { id }: INode): Promise<RequestIds> {
    const workflow = context.getWorkflow().id ?? '';
    const startedAt = startOf(context);
    const [node, execution] = await Promise.all([
      shortHash(`${workflow} ${id}`),
      startedAt === undefined ? randomDigits() : shortHash(`${workflow} ${startedAt}`),
    ]);
    const parts = `${execution.slice(0, 4)}-${execution.slice(4)}`;
    return new RequestIds(node, parts, startedAt, attemptOf(context.getExecutionId()));
  }

  /** A new ID for a call of this item. */
  create({ run, item }: Place): string {
    const last = `${fourDigits(item)}${this.attempt}${randomDigits().slice(0, 4)}`;
    return [this.ofNode, this.ofExecution, fourDigits(run), last].join('-');
  }

  /** Whether this execution, or an execution that it retries, made the request. */
  isOfExecution(callRequestId: string): boolean {
    return callRequestId.startsWith(`${this.execution}-`);
  }

  /** The run of the node that made the request, and in which attempt. */
  originOf(callRequestId: string): { readonly run: number; readonly attempt: string } {
    const [, , , run = '', last = ''] = callRequestId.split('-');
    return { run: Number.parseInt(run, HEX), attempt: last.slice(4, 8) };
  }

  isOfPlace(callRequestId: string, { run, item }: Place): boolean {
    return callRequestId.startsWith(`${this.execution}-${fourDigits(run)}-${fourDigits(item)}`);
  }

  /** Whether this node made the request, in any execution. */
  isOfNode(callRequestId: string): boolean {
    return callRequestId.startsWith(`${this.ofNode}-`);
  }

  /** The same text for this node in this execution and its retries. */
  get execution(): string {
    return `${this.ofNode}-${this.ofExecution}`;
  }

  /** The same text for all executions of this node. */
  get node(): string {
    return this.ofNode;
  }
}

/** Older versions of n8n do not have this function. A tool of the MCP Server Trigger has no execution. */
function startOf(context: Partial<IExecuteFunctions>): number | undefined {
  return context.getExecutionContext?.()?.establishedAt;
}

function randomDigits(): string {
  return crypto.randomUUID().slice(0, 8);
}

function fourDigits(index: number): string {
  return (index % FOUR_DIGITS).toString(HEX).padStart(4, '0');
}

/** n8n numbers its executions. A request to the MCP Server Trigger has no number. */
export function attemptOf(executionId: string | undefined): string {
  const number = Number(executionId ?? 0);
  if (Number.isSafeInteger(number)) return fourDigits(number);
  const codes = Array.from(executionId ?? '', (character) => character.codePointAt(0) ?? 0);
  return fourDigits(codes.reduce((sum, code) => (sum * 31 + code) % FOUR_DIGITS, 0));
}
