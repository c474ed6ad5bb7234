import type { Fault, Simulator } from '../simulator';

/** The share of requests with a fault, and with a restart of Dograh. */
const FAULT_SHARE = 0.2;
const RESTART_SHARE = 0.01;

/** Faults by weight. Slow ones are rare, so that the soak test does not take long. */
const FAULTS: readonly (readonly [number, Fault])[] = [
  [4, { kind: 'reset', callPlaced: true, moment: 'after-placing' }],
  [2, { kind: 'reset', callPlaced: false, moment: 'after-reading' }],
  [2, { kind: 'reset', callPlaced: false, moment: 'before-reading' }],
  [3, { kind: 'status', callPlaced: true, status: 502, body: '<html>Bad Gateway</html>' }],
  [2, { kind: 'status', callPlaced: false, status: 503 }],
  [2, { kind: 'status', callPlaced: true, status: 500, body: { detail: 'Internal error' } }],
  [2, { kind: 'not-json', callPlaced: true }],
  [2, { kind: 'off-contract', callPlaced: true, body: { status: 'initiated' } }],
  [1, { kind: 'cut-off', callPlaced: true }],
  [6, { kind: 'latency', callPlaced: true, ms: 120, delayed: 'answer' }],
  [6, { kind: 'latency', callPlaced: true, ms: 120, delayed: 'request' }],
  [2, { kind: 'status', callPlaced: false, status: 402, body: { detail: 'No credit' } }],
  [2, { kind: 'status', callPlaced: false, status: 429, body: { detail: 'Slow down' } }],
  [1, { kind: 'redirect', callPlaced: false, status: 307, location: 'http://127.0.0.1:9/' }],
  [0.5, { kind: 'silence', callPlaced: true }],
  [0.5, { kind: 'silence', callPlaced: false }],
];
const QUICK_FAULTS = FAULTS.filter(([, { kind }]) => kind !== 'silence');

/** A fault that does not wait for a time limit. */
export function randomFault(random: () => number): Fault {
  return weighted(QUICK_FAULTS, random);
}

/** Plans random faults and restarts of a simulator until `stop()`. */
export class RandomFaults {
  restarts = 0;
  #restarting: Promise<void> = Promise.resolve();
  readonly #stopListening: () => void;

  constructor(
    private readonly simulator: Simulator,
    private readonly random: () => number,
  ) {
    this.#stopListening = simulator.onRequest(() => {
      this.#change();
    });
    this.#change();
  }

  /** The number of requests with a fault. */
  get faults(): number {
    return this.simulator.requests.filter(({ status }) => String(status).startsWith('fault:'))
      .length;
  }

  async stop(): Promise<void> {
    this.#stopListening();
    await this.#restarting;
    this.simulator.faults.clear();
  }

  #change(): void {
    if (this.random() < FAULT_SHARE) {
      const on = this.random() < 0.7 ? 'call' : 'runs';
      this.simulator.faults.add({ on, fault: weighted(FAULTS, this.random) });
    }
    if (this.random() < RESTART_SHARE) this.#restart();
  }

  #restart(): void {
    const downMs = 20 + this.random() * 300;
    this.restarts += 1;
    this.#restarting = this.#restarting.then(() => this.simulator.restart(downMs));
  }
}

function weighted(faults: typeof FAULTS, random: () => number): Fault {
  let left = random() * faults.reduce((sum, [weight]) => sum + weight, 0);
  const found = faults.find(([weight]) => (left -= weight) < 0) ?? faults[0];
  if (found === undefined) throw new Error('There are no faults.');
  return found[1];
}
