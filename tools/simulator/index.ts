/**
 * A simulated Dograh on loopback. It dials no phone.
 *
 *   const simulator = await startSimulator();
 *   // … point the code under test at simulator.url, with simulator.world.acme.apiKey …
 *   expect(simulator.calls).toHaveLength(1);
 *   await simulator.stop();
 */
import { addRun, type PastRun } from './add-run';
import type { Campaign, CampaignRow } from './campaigns/campaign';
import { CampaignDefects, type CampaignDefect } from './campaigns/campaign-defects';
import { CampaignOrchestrator } from './campaigns/campaign-orchestrator';
import { usualPace, type CampaignTiming } from './campaigns/campaign-timing';
import { Campaigns } from './campaigns/campaigns';
import { readContract } from './contract';
import type { ContractViolation } from './contract-validation';
import { createWorld } from './default-world';
import { Dograh } from './dograh';
import type { Ending } from './ending';
import { Faults } from './faults';
import type { RequestRecord } from './request-record';
import type { PlacedCall, Run, RunMilestone } from './run';
import { RunClock } from './run-clock';
import { Runs, type CallTiming } from './runs';
import { SimulatorServer } from './server';
import { Storage } from './storage';
import { waitForMilestone } from './wait-for-milestone';
import { profileOf } from './version';
import { restoreWorld, type World } from './world';

export { manyAgents } from './default-agents';
export { createWorld } from './default-world';
export type { Campaign, CampaignLog, CampaignRow, CampaignState } from './campaigns/campaign';
export type { CampaignDefect } from './campaigns/campaign-defects';
export { dograhPace, type CampaignTiming } from './campaigns/campaign-timing';
export type { ContractViolation } from './contract-validation';
export type { Fault, Faults, FaultTarget, PlannedFault } from './faults';
export type { RequestRecord } from './request-record';
export type { PlacedCall, Run, RunMilestone, RunState } from './run';
export type { PastRun } from './add-run';
export type { Ending } from './ending';
export type { CallTiming } from './runs';
export type { AgentEdge, AgentNode, AgentVersion } from './agent-definition';
export type { DograhVersion } from './version';
export type { Agent, Organization, PhoneNumber, TelephonyConfiguration, World } from './world';

export interface SimulatorOptions extends Partial<CallTiming> {
  /** Default: 0, which means any free port. */
  port?: number;
  /** Organizations, agents and numbers. Default: `createWorld()`. The simulator works on a copy. */
  world?: World;
  /** How long the signed URL of an artifact is valid. Default: 3600. */
  signedUrlSeconds?: number;
  /** How far Dograh's clock is ahead of this machine's clock. Negative if it is behind. Default: 0. */
  clockOffsetMs?: number | (() => number);
  /** The pace of campaigns. Default: a fast one, except for the waits. `dograhPace` is that of a real Dograh. */
  campaignTiming?: Partial<CampaignTiming>;
  /** The ID of the first run. Set it if the client already knows runs of another simulator. Default: 1001. */
  firstRunId?: number;
}

export interface Simulator {
  /** The base URL, `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** The storage host, which has transcripts and recordings. Its origin is not Dograh's. */
  readonly storageUrl: string;
  /** Each request that the storage host received, the oldest first. */
  readonly storageRequests: readonly RequestRecord[];
  /** Tests may change it at any time. `reset()` restores it in place. */
  readonly world: World;
  /** The calls that were placed, the oldest first. */
  readonly calls: readonly PlacedCall[];
  /** All runs, including those that failed before a call was placed. */
  readonly runs: readonly Run[];
  /** The campaigns, the oldest first. */
  readonly campaigns: readonly Campaign[];
  /** Each request received, the oldest first. */
  readonly requests: readonly RequestRecord[];
  /** The requests to place a call, including refused ones. */
  readonly callRequests: readonly RequestRecord[];
  /** Requests and responses that break the contract. A test expects none. */
  readonly contractViolations: readonly ContractViolation[];
  readonly faults: Pick<Faults, 'add' | 'clear'>;
  /** Calls the listener at each change of a run's state. Returns a function that removes the listener. */
  onChange(listener: (run: Run) => void): () => void;
  /** Calls the listener after each request, also if a fault applied. Returns a function that removes the listener. */
  onRequest(listener: (request: RequestRecord) => void): () => void;
  /** Calls the listener with the milliseconds for which a fault delays a client. Returns a function that removes it. */
  onWait(listener: (ms: number) => void): () => void;
  /**
   * Resolves when the run has reached the milestone, or at once if it has reached it before. Rejects after `timeoutMs`
   * (60000). `results` and `artifacts` come after `completed`. `artifacts` comes even if there are none.
   */
  waitFor(runId: number, milestone: RunMilestone, timeoutMs?: number): Promise<Run>;
  /** Decides how the next placed call ends, for any number. It replaces `world.endings` for that call. */
  endNext(ending: Ending): void;
  /**
   * The agent decides during the call how it ends. Dograh writes down only that, until the call is over.
   * Throws if no such call is running.
   */
  noteDisposition(runId: number, disposition: string): Run;
  /** Hangs up now. Throws if no such call is running, or if an answered call would end as unanswered. */
  finish(runId: number, ending?: Ending): Run;
  /** Writes the results of a completed run now. Throws if no results are waiting to be written. */
  writeResults(runId: number): Run;
  /** Adds a run to the past. The simulator did not place it, so `calls` does not contain it. */
  addRun(past?: PastRun): Run;
  /**
   * Moves Dograh's clock on. All that happens until then happens at once: calls end, and campaigns dial, retry and
   * complete.
   */
  advance(ms: number): void;
  /**
   * Dials one batch of a started campaign at once, or the rest of the batch under way, as far as there are free slots.
   * Reads the file before, if Dograh did not do it yet. Returns the rows that have a run now.
   */
  runBatch(campaignId: number): CampaignRow[];
  /** Breaks a campaign once. Several defects apply in their order. */
  breakCampaign(defect: CampaignDefect): void;
  /** Forgets calls, campaigns, requests, faults, defects and violations. Ends waiting requests and running calls. Restores the world. */
  reset(): void;
  /**
   * Closes all connections, refuses new ones for `downMs`, and starts again at the same URL with all its data.
   * Running calls continue, because the telephony provider holds them. An open request may have placed its call
   * or not. The storage host keeps running. A second restart begins after the first one.
   * Resolves when the simulator listens again or was stopped. Rejects if another program has taken the port.
   */
  restart(downMs: number): Promise<void>;
  /** Closes all connections and stops the clock. A second call does nothing. */
  stop(): Promise<void>;
}

const defaultTiming: CallTiming = {
  dialMs: 50,
  ringMs: 150,
  callDurationMs: 1500,
  resultsAfterMs: 20,
  artifactsAfterMs: 40,
};

/** Starts a simulator on loopback. Rejects if the port is in use. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const {
    port = 0,
    world: initialWorld = createWorld(),
    signedUrlSeconds = 3600,
    clockOffsetMs = 0,
    firstRunId,
    campaignTiming = {},
    ...timing
  } = options;
  const offsetMs = typeof clockOffsetMs === 'number' ? () => clockOffsetMs : clockOffsetMs;
  const initial = structuredClone(initialWorld);
  const world = structuredClone(initialWorld);
  const faults = new Faults();
  const profile = () => profileOf(world.version);
  const clock = new RunClock(offsetMs);
  const runs = new Runs({ ...defaultTiming, ...timing }, profile, clock, firstRunId);
  const storage = new Storage(runs, signedUrlSeconds, () => storageUrl);
  const campaigns = new Campaigns();
  const defects = new CampaignDefects();
  const orchestrator = new CampaignOrchestrator({
    ...{ campaigns, world, runs, clock, storage, defects },
    timing: { ...usualPace, ...campaignTiming },
  });
  const state = { world, runs, storage, campaigns, orchestrator };
  const dograh = new Dograh(readContract(), () => ({ ...state, url }));
  const server = new SimulatorServer(dograh, faults, () => clock.aheadMs());
  const storageServer = new SimulatorServer(storage, faults, () => clock.aheadMs());
  const url: string = await server.listen(port);
  const storageUrl: string = await storageServer.listen(0);

  return {
    url,
    storageUrl,
    world,
    faults,
    get calls() {
      return runs.placed();
    },
    runs: runs.all,
    campaigns: campaigns.all,
    requests: server.requests,
    storageRequests: storageServer.requests,
    get callRequests() {
      return server.requests.filter((record) => dograh.faultsFor(record) === 'call');
    },
    contractViolations: dograh.contractViolations,
    onChange: (listener) => runs.onChange(listener),
    onRequest: (listener) => server.onRequest(listener),
    onWait: (listener) => {
      const stops = [server.onWait(listener), storageServer.onWait(listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
    waitFor: (runId, milestone, timeoutMs = 60_000) =>
      waitForMilestone(runs, runId, milestone, timeoutMs),
    endNext: (ending) => {
      runs.endNext(ending);
    },
    noteDisposition: (runId, disposition) => runs.noteDisposition(runId, disposition),
    finish: (runId, ending) => runs.finish(runId, ending),
    writeResults: (runId) => runs.writeResults(runId),
    addRun: (past = {}) => addRun(past, world, runs),
    advance: (ms) => {
      clock.advance(ms);
    },
    runBatch: (campaignId) => {
      const campaign = campaigns.require(campaignId);
      const before = campaign.dialedRows.length;
      orchestrator.runBatch(campaign);
      return campaign.dialedRows.slice(before);
    },
    breakCampaign: (defect) => {
      defects.add(defect);
    },
    reset() {
      server.reset();
      storageServer.reset();
      faults.clear();
      clock.reset();
      runs.clear();
      orchestrator.clear();
      campaigns.clear();
      defects.clear();
      storage.clear();
      dograh.contractViolations.length = 0;
      restoreWorld(world, initial);
    },
    restart: (downMs) => server.restart(downMs),
    async stop() {
      clock.stop();
      await Promise.all([server.stop(), storageServer.stop()]);
    },
  };
}
