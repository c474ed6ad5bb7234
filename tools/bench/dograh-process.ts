import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** How the simulated Dograh of a benchmark behaves. */
export interface DograhSetup {
  /** How long it takes for the answer to every request, in milliseconds. */
  readonly answerMs: number;
  /**
   * How long a call lasts, in milliseconds; two numbers for calls of all lengths between them, one after the other;
   * `null` for calls that outlast the benchmark.
   */
  readonly callMs: number | readonly [number, number] | null;
  /** How many calls may live at once. Default: more than a benchmark places. */
  readonly concurrentCalls?: number;
}

/** What a client of it must know. */
export interface DograhAddress {
  readonly url: string;
  readonly apiKey: string;
}

/** What it has seen since it was asked last. */
export interface DograhTally {
  readonly requests: number;
  /** Phones that rang. */
  readonly calls: number;
  /** Rings beyond the first of a number. */
  readonly doubled: number;
  /** When the last call was placed, in milliseconds since 1970; NaN where there was none. */
  readonly lastCallAt: number;
  /** When a call ended, in milliseconds since 1970, by run ID. */
  readonly ended: Readonly<Record<number, number>>;
}

export type DograhOrder = { readonly setup: DograhSetup } | 'tally';
export type DograhAnswer = DograhAddress | { readonly tally: DograhTally };

/** The simulator in a process of its own, so that its work is not measured as that of its clients. */
export class DograhProcess implements DograhAddress {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly apiKey: string,
  ) {}

  static async start(setup: DograhSetup): Promise<DograhProcess> {
    const child = fork(join(__dirname, 'dograh-process-child.ts'));
    const answer = await ask(child, { setup });
    if (!('url' in answer)) throw new Error('The simulator did not say where it is.');
    return new DograhProcess(child, answer.url, answer.apiKey);
  }

  /** Counts, and forgets. */
  async tally(): Promise<DograhTally> {
    const answer = await ask(this.child, 'tally');
    if (!('tally' in answer)) throw new Error('The simulator did not count.');
    return answer.tally;
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.disconnect();
    await exited;
  }
}

/** Runs `use` with a simulator that is stopped whatever comes of it. */
export async function withDograh<T>(
  setup: DograhSetup,
  use: (dograh: DograhProcess) => Promise<T>,
): Promise<T> {
  const dograh = await DograhProcess.start(setup);
  try {
    return await use(dograh);
  } finally {
    await dograh.stop();
  }
}

async function ask(child: ChildProcess, order: DograhOrder): Promise<DograhAnswer> {
  return new Promise((resolve, reject) => {
    const onExit = (code: number | null): void => {
      reject(new Error(`The simulator ended with ${String(code)}.`));
    };
    child.once('exit', onExit);
    child.once('message', (answer: DograhAnswer) => {
      child.off('exit', onExit);
      resolve(answer);
    });
    child.send(order);
  });
}
