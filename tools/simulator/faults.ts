/**
 * A failure that a test plans.
 *
 * `callPlaced` says what the client cannot see: whether the request placed its call. If it is true, the simulator
 * first handles the request as usual. A request that Dograh would refuse still places no call. If it is false, the
 * simulator never handles the request. For other requests than calls, it says in the same way whether the request
 * took effect, e.g. whether a campaign was created.
 */
export type Fault =
  /** Responds as usual, but late. Either the request waits before it is handled, or the response waits. */
  | { kind: 'latency'; callPlaced: true; ms: number; delayed: 'request' | 'answer' }
  /** Responds with this status. A body that is not a string is sent as JSON. */
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
  /** Announces the whole response, sends half of it and closes the connection. */
  | { kind: 'cut-off'; callPlaced: true }
  /** 200 with a body that is not JSON. */
  | { kind: 'not-json'; callPlaced: true; body?: string; contentType?: string }
  /** 200 with JSON that breaks the contract. */
  | { kind: 'off-contract'; callPlaced: true; body: unknown }
  /** The right response, a few bytes at a time. */
  | { kind: 'slow-body'; callPlaced: true; intervalMs: number; bytesPerChunk?: number }
  /** Keeps the connection open and sends nothing. */
  | { kind: 'silence'; callPlaced: boolean }
  | {
      kind: 'redirect';
      callPlaced: false;
      status: 301 | 302 | 303 | 307 | 308;
      location: string;
    };

/** The requests to which a fault applies. */
export type FaultTarget =
  /** Requests that place calls. */
  | 'call'
  /** The list of all runs. */
  | 'runs'
  /** The list of dispositions. */
  | 'dispositions'
  /** The key check. */
  | 'context'
  | 'health'
  /** The OpenAPI document that Dograh publishes. */
  | 'openapi'
  /** The list of agents, one agent, and its versions. */
  | 'agents'
  /** One run. */
  | 'run'
  /** The list of one agent's runs. */
  | 'agentRuns'
  /** The telephony configurations, and their phone numbers. */
  | 'telephony'
  /** The download of an artifact, which redirects to the storage host. */
  | 'artifact'
  /** The storage host, which has the artifacts. */
  | 'storage'
  /** The request for an address to upload contacts to. */
  | 'presign'
  /** The upload to the storage host. */
  | 'upload'
  | 'createCampaign'
  | 'startCampaign'
  | 'pauseCampaign'
  | 'resumeCampaign'
  | 'redialCampaign'
  /** The list of campaigns. */
  | 'campaigns'
  /** One campaign. */
  | 'campaign'
  | 'campaignProgress'
  /** The list of one campaign's runs. */
  | 'campaignRuns'
  | 'campaignReport'
  /** The address of a campaign's file. */
  | 'campaignSource'
  /** The limits of campaigns. */
  | 'campaignDefaults'
  /** All requests except those to the storage host, which is not Dograh. */
  | 'any';

export interface PlannedFault {
  on: FaultTarget;
  fault: Fault;
  /** The number of requests to which it applies. Default: 1. `Infinity` means until `clear()`. */
  times?: number;
}

/** The planned faults. The first fault that fits a request applies to it. */
export class Faults {
  private planned: Required<PlannedFault>[] = [];

  add(plan: PlannedFault): void {
    this.planned.push({ times: 1, ...plan });
  }

  clear(): void {
    this.planned = [];
  }

  /** Returns the next fault for a request of this kind, and counts it as used. */
  takeFor(target: FaultTarget | undefined): Fault | undefined {
    const next = this.planned.find(
      ({ on }) => on === target || (on === 'any' && target !== 'storage' && target !== 'upload'),
    );
    if (!next) return undefined;
    next.times -= 1;
    if (next.times <= 0) this.planned = this.planned.filter((plan) => plan !== next);
    return next.fault;
  }
}
