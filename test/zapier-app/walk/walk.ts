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
  /** Every function in the app. */
  readonly functions: readonly string[];
  /** Those that were called. */
  readonly called: readonly string[];
  /** What each operation gave, by the path of the function. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** How many calls each operation has placed, where any. */
  readonly dialled: Readonly<Record<string, number>>;
}

/** Runs everything that the built app can do, inside Zapier's core, as its editor and its Zaps would. */
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
    const { outputs, dialled } = walk;
    return { functions: [...recorded.functions].sort(), called, outputs, dialled };
  } finally {
    recorded.restore();
  }
}

class Walk {
  readonly outputs: Record<string, unknown> = {};
  readonly dialled: Record<string, number> = {};
  readonly #surroundings: Surroundings;
  readonly #store: FileStore;

  constructor(surroundings: Surroundings, store: FileStore) {
    this.#surroundings = surroundings;
    this.#store = store;
  }

  async connection(): Promise<void> {
    const told = await this.#run('authentication.test', {});
    if (typeof builtApp().authentication.connectionLabel === 'function') {
      await this.#run('authentication.connectionLabel', told as Values);
    }
  }

  async step(step: Located): Promise<void> {
    const { path, kind } = step;
    const input = await inputFor(step, this.#surroundings);
    await this.#run(`${path}.operation.inputFields`, input);
    await this.#run(`${path}.operation.outputFields`, input);
    await this.#run(`${path}.operation.perform`, input);
    if (kind === 'searches') {
      await this.#run(`${path}.operation.perform`, toMiss(input), `${path} that finds nothing`);
    }
  }

  /** Fetches the files that the outputs promise. Returns the functions that did it. */
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
    if (placed > 0) this.dialled[name] = placed;
    return (this.outputs[name] = output);
  }
}
