import {
  operationsOf,
  type Definition,
  type Located,
} from '../../../tools/hosts/zapier/submission';
import { builtApp, runInZapier, type ZapierRun } from '../../../tools/hosts/zapier/runtime';
import { connectionTo, outputOf } from '../../../tools/hosts/zapier/step';
import type { FileStore } from '../file-store';
import { recordCalls } from './record-calls';
import { inputFor, toMiss, type Surroundings } from './step-input';

type Values = Readonly<Record<string, unknown>>;

export interface Walked {
  /** The paths of all functions in the app. */
  readonly functions: readonly string[];
  /** The paths of the functions that were called. */
  readonly called: readonly string[];
  /** The output of each function by its path. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** The number of calls that each function placed, without those that placed none. */
  readonly placedCalls: Readonly<Record<string, number>>;
}

/** Searches that return a result for every input. */
const ALWAYS_FINDS: ReadonlySet<string> = new Set(['searches.check_number']);

/** Runs every function of the built app inside Zapier's core, as the editor and Zaps do. */
export async function walkApp(surroundings: Surroundings, store: FileStore): Promise<Walked> {
  const app = builtApp();
  const recorded = recordCalls(app);
  try {
    const walk = new Walk(surroundings, store);
    await walk.connection();
    for (const step of operationsOf({ definition: app as unknown as Definition })) {
      await walk.step(step);
    }
    const hydrated = await walk.files();
    const called = [...recorded.called, ...hydrated].sort();
    const { outputs, placedCalls } = walk;
    return { functions: [...recorded.functions].sort(), called, outputs, placedCalls };
  } finally {
    recorded.restore();
  }
}

class Walk {
  readonly outputs: Record<string, unknown> = {};
  readonly placedCalls: Record<string, number> = {};
  readonly #surroundings: Surroundings;
  readonly #store: FileStore;

  constructor(surroundings: Surroundings, store: FileStore) {
    this.#surroundings = surroundings;
    this.#store = store;
  }

  async connection(): Promise<void> {
    const output = await this.#run('authentication.test', {});
    if (typeof builtApp().authentication.connectionLabel === 'function') {
      await this.#run('authentication.connectionLabel', output as Values);
    }
  }

  async step(step: Located): Promise<void> {
    const { path, kind } = step;
    const input = await inputFor(step, this.#surroundings);
    await this.#run(`${path}.operation.inputFields`, input);
    await this.#run(`${path}.operation.outputFields`, input);
    await this.#run(`${path}.operation.perform`, input);
    if (kind === 'searches' && !ALWAYS_FINDS.has(path)) {
      await this.#run(`${path}.operation.perform`, toMiss(input), `${path} that finds nothing`);
    }
  }

  /** Fetches all files that the outputs name. Returns the hydrators that were called. */
  async files(): Promise<Set<string>> {
    const promised = JSON.stringify(this.outputs).matchAll(/hydrate\|\|\|(.*?)\|\|\|hydrate/g);
    const hydrators = new Set<string>();
    for (const [, promise = ''] of promised) {
      const { method, bundle } = JSON.parse(JSON.parse(`"${promise}"`) as string) as {
        method: string;
        bundle: Values;
      };
      if (hydrators.has(method)) continue;
      await this.#run(method, bundle);
      hydrators.add(method);
    }
    return hydrators;
  }

  async #run(method: string, inputData: Values, name = method): Promise<unknown> {
    const { simulator } = this.#surroundings;
    const placedBefore = simulator.calls.length;
    const run: ZapierRun = { authData: connectionTo(simulator), inputData };
    const output: unknown = outputOf(await runInZapier(method, run, this.#store.event));
    const placed = simulator.calls.length - placedBefore;
    if (placed > 0) this.placedCalls[name] = placed;
    return (this.outputs[name] = output);
  }
}
