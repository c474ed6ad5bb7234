import type { IDataObject, IExecuteFunctions, INode } from 'n8n-workflow';

/** Reads a parameter of the node for one item. A dot in the name reads a field of a collection. */
export type Read = (name: string, fallback?: unknown) => unknown;

/**
 * The parameters of the node for each item. A parameter without an expression is the same for all items. It is read
 * once, because n8n takes the same time for each read.
 */
export class Parameters {
  readonly #sameForAll = new Map<string, unknown>();

  constructor(
    private readonly context: IExecuteFunctions,
    private readonly node: INode,
  ) {}

  /** @throws n8n's error if an expression cannot be evaluated or the parameter does not exist */
  read(name: string, itemIndex: number, fallback?: unknown): unknown {
    if (this.#sameForAll.has(name)) return this.#sameForAll.get(name);
    const value: unknown = this.context.getNodeParameter(name, itemIndex, fallback);
    if (!hasExpression(this.stored(name))) this.#sameForAll.set(name, value);
    return value;
  }

  /** The parameter with its expressions. */
  stored(name: string): unknown {
    return name
      .split('.')
      .reduce<unknown>(
        (parent, key) => (parent as IDataObject | undefined)?.[key],
        this.node.parameters,
      );
  }
}

/** Whether a stored parameter, or any value inside it, is an expression. */
export function hasExpression(stored: unknown): boolean {
  if (typeof stored === 'string') return stored.startsWith('=');
  return typeof stored === 'object' && stored !== null && Object.values(stored).some(hasExpression);
}

/** The expressions in a stored parameter. */
export function expressionsIn(stored: unknown): string[] {
  if (typeof stored === 'string') return hasExpression(stored) ? [stored] : [];
  if (typeof stored !== 'object' || stored === null) return [];
  return Object.values(stored).flatMap(expressionsIn);
}
