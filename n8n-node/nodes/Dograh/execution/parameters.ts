import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';

/** A parameter of the node as it is for one item; a dot in the name leads into a collection. */
export type Read = (name: string, fallback?: unknown) => unknown;

/**
 * The parameters of the node, for one item after the other. What is no expression is the same for all of them, and
 * so is read once: n8n takes as long for the hundredth time.
 */
export class Parameters {
  readonly #sameForAll = new Map<string, unknown>();

  constructor(
    private readonly context: IExecuteFunctions,
    private readonly node: INode,
  ) {}

  /** @throws what n8n throws for an expression that cannot be worked out, and for a parameter that is not there */
  read(name: string, itemIndex: number, fallback?: unknown): unknown {
    if (this.#sameForAll.has(name)) return this.#sameForAll.get(name);
    const value: unknown = this.context.getNodeParameter(name, itemIndex, fallback);
    if (!hasExpression(this.#stored(name))) this.#sameForAll.set(name, value);
    return value;
  }

  #stored(name: string): unknown {
    return name
      .split('.')
      .reduce<unknown>(
        (within, key) => (within as IDataObject | undefined)?.[key],
        this.node.parameters,
      );
  }
}

/** Whether a parameter, as the editor stores it, or anything in it is an expression. */
export function hasExpression(stored: unknown): boolean {
  if (typeof stored === 'string') return stored.startsWith('=');
  return typeof stored === 'object' && stored !== null && Object.values(stored).some(hasExpression);
}
