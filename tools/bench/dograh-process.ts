import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** How the simulated Dograh of a benchmark behaves. */
export interface DograhSetup {
  /** The response time of each request, in milliseconds. */
  readonly answerMs: number;
  /**
   * The duration of a call in milliseconds. Two numbers mean calls of all durations between them. `null` means calls
   * that outlast the benchmark.
   */
  readonly callMs: number | readonly [number, number] | null;
  /** The concurrency limit. Default: no limit. */
  readonly concurrentCalls?: number;
}

/** The address and API key for a client. */
export interface DograhAddress {
  readonly url: string;
  readonly apiKey: string;
}

/** Counts since the last tally. */
export interface DograhTally {
  readonly requests: number;
  /** Placed calls. */
  readonly calls: number;
  /** Calls to a number after its first call. */
  readonly doubled: number;
  /** When the last call was placed, in milliseconds since 1970. NaN if there was none. */
  readonly lastCallAt: number;
  /** When a call ended, in milliseconds since 1970, by run ID. */
  readonly ended: Readonly<Record<number, number>>;
}

export type DograhOrder = { readonly setup: DograhSetup } | 'tally';
export type DograhAnswer = DograhAddress | { readonly tally: DograhTally };

/** The simulator in its own process, so that its work does not count as its clients' work. */
export class DograhProcess implements DograhAddress {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly apiKey: string,
  ) {}

  static async start(setup: DograhSetup): Promise<DograhProcess> {
    const child = fork(join(__dirname, 'dograh-process-child.ts'));
    const answer = await ask(child, { setup });
    if (!('url' in answer)) throw new Error('The simulator did not return its URL.');
    return new DograhProcess(child, answer.url, answer.apiKey);
  }

  /** Returns the counts and resets them. */
  async tally(): Promise<DograhTally> {
    const answer = await ask(this.child, 'tally');
    if (!('tally' in answer)) throw new Error('The simulator did not return its counts.');
    return answer.tally;
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.disconnect();
    await exited;
  }
}

/** Runs `use` with a simulator, and stops the simulator even if `use` fails. */
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
