/**
 * Something that goes wrong on purpose.
 *
 * `callPlaced` says what the client cannot see: whether the phone rings when the fault strikes. With
 * `true` the request is handled as always first (so a request that Dograh would refuse places nothing
 * here either), with `false` it is never handled. For a request that only reads, it means no more than that.
 */
export type Fault =
  /** Answers as always, but late: the request waits before it is handled, or its answer after. */
  | { kind: 'latency'; callPlaced: true; ms: number; delayed: 'request' | 'answer' }
  /** Answers with this status; a body that is no string goes out as JSON. */
  | {
      kind: 'status';
      callPlaced: boolean;
      status: number;
      body?: unknown;
      headers?: Record<string, string>;
    }
  /** Ends the connection with a TCP reset. */
  | { kind: 'reset'; callPlaced: false; moment: 'before-reading' | 'after-reading' }
  | { kind: 'reset'; callPlaced: true; moment: 'after-placing' }
  /** Promises the whole answer, sends half of it and closes. */
  | { kind: 'cut-off'; callPlaced: true }
  /** 200 with a body that is not JSON. */
  | { kind: 'not-json'; callPlaced: true; body?: string; contentType?: string }
  /** 200 with JSON that is not what the contract says. */
  | { kind: 'off-contract'; callPlaced: true; body: unknown }
  /** The right answer, a few bytes at a time. */
  | { kind: 'slow-body'; callPlaced: true; intervalMs: number; bytesPerChunk?: number }
  /** Keeps the connection open and says nothing. */
  | { kind: 'silence'; callPlaced: boolean }
  | {
      kind: 'redirect';
      callPlaced: false;
      status: 301 | 302 | 303 | 307 | 308;
      location: string;
    };

/** Which requests a fault strikes. */
export type FaultTarget =
  /** Those that place calls. */
  | 'call'
  /** The list of all runs. */
  | 'runs'
  /** The key check. */
  | 'context'
  | 'health'
  /** The list of agents, one agent, its versions. */
  | 'agents'
  /** One run. */
  | 'run'
  /** The list of one agent's runs. */
  | 'agentRuns'
  /** The telephony configurations, and their phone numbers. */
  | 'telephony'
  /** The way to an artifact. */
  | 'artifact'
  /** The storage host, where the artifact lies. */
  | 'storage'
  /** All but the storage host, which is not Dograh. */
  | 'any';

export interface PlannedFault {
  on: FaultTarget;
  fault: Fault;
  /** How many requests it strikes. One unless given; `Infinity` strikes until cleared. */
  times?: number;
}

/** The faults that are still to come. The first that fits a request strikes it. */
export class Faults {
  private planned: Required<PlannedFault>[] = [];

  add(plan: PlannedFault): void {
    this.planned.push({ times: 1, ...plan });
  }

  clear(): void {
    this.planned = [];
  }

  /** The fault for a request of this kind, used up by asking. */
  takeFor(target: FaultTarget | undefined): Fault | undefined {
    const next = this.planned.find(
      ({ on }) => on === target || (on === 'any' && target !== 'storage'),
    );
    if (!next) return undefined;
    next.times -= 1;
    if (next.times <= 0) this.planned = this.planned.filter((plan) => plan !== next);
    return next.fault;
  }
}
