/** Functions by their path in the app definition, such as `creates.trigger_call.operation.perform`. */
export interface Recorded {
  readonly functions: readonly string[];
  readonly called: Set<string>;
  /** Restores the original functions. */
  restore(): void;
}

type Named = Record<string, unknown>;
type Called = (this: unknown, ...input: unknown[]) => unknown;

/**
 * Wraps each function in the app to record its calls. Hydrators stay unwrapped, because steps refer to them by the
 * function object.
 */
export function recordCalls(app: object): Recorded {
  const functions: string[] = [];
  const called = new Set<string>();
  const undo: (() => void)[] = [];
  const seen = new Set<object>();

  const visit = (holder: object, path: string): void => {
    if (seen.has(holder)) return;
    seen.add(holder);
    for (const [key, value] of Object.entries(holder as Named)) {
      const here = path === '' ? key : `${path}.${key}`;
      if (typeof value === 'function') {
        functions.push(here);
        if (here.startsWith('hydrators.')) continue;
        (holder as Named)[key] = recordingCalls(value as Called, () => called.add(here));
        undo.push(() => ((holder as Named)[key] = value));
      } else if (typeof value === 'object' && value !== null) {
        visit(value, here);
      }
    }
  };

  visit(app, '');
  const restore = (): void => {
    for (const putBack of undo) putBack();
  };
  return { functions, called, restore };
}

function recordingCalls(original: Called, record: () => void): Called {
  function recorder(this: unknown, ...input: unknown[]): unknown {
    record();
    return original.apply(this, input);
  }
  // Zapier decides by the number of parameters whether a function takes a callback.
  return Object.defineProperty(recorder, 'length', { value: original.length });
}
