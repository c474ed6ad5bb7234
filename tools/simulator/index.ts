/**
 * A Dograh that runs on loopback and calls nobody.
 *
 *   const simulator = await startSimulator();
 *   // … point the code under test at simulator.url, with simulator.world.acme.apiKey …
 *   expect(simulator.calls).toHaveLength(1);
 *   await simulator.stop();
 */
import { addRun, type PastRun } from './add-run';
import { readContract } from './contract';
import type { ContractViolation } from './contract-validation';
import { createWorld } from './default-world';
import { Dograh } from './dograh';
import type { Ending } from './ending';
import { Faults } from './faults';
import type { RequestRecord } from './request-record';
import type { PlacedCall, Run, RunMilestone } from './run';
import { Runs, type CallTiming } from './runs';
import { SimulatorServer } from './server';
import { Storage } from './storage';
import { waitForMilestone } from './wait-for-milestone';
import { restoreWorld, type World } from './world';

export { manyAgents } from './default-agents';
export { createWorld } from './default-world';
export type { ContractViolation } from './contract-validation';
export type { Fault, Faults, FaultTarget, PlannedFault } from './faults';
export type { RequestRecord } from './request-record';
export type { PlacedCall, Run, RunMilestone, RunState } from './run';
export type { PastRun } from './add-run';
export type { Ending } from './ending';
export type { CallTiming } from './runs';
export type { AgentEdge, AgentNode, AgentVersion } from './agent-definition';
export type { Agent, Organization, PhoneNumber, TelephonyConfiguration, World } from './world';

export interface SimulatorOptions extends Partial<CallTiming> {
  /** 0, the default, takes any free port. */
  port?: number;
  /** What is there to call; `createWorld()` unless given. The simulator works on a copy. */
  world?: World;
  /** How long the address of an artifact on the storage host is good for. Default 3600. */
  signedUrlSeconds?: number;
  /** How far Dograh's clock is ahead of this machine's; negative where it is behind. Default 0. */
  clockOffsetMs?: number;
  /** For a Dograh that is to be taken for one that was there before, whose runs are known already. Default 1001. */
  firstRunId?: number;
}

export interface Simulator {
  /** The base URL, `http://127.0.0.1:PORT`. */
  readonly url: string;
  /** The storage host, where transcripts and recordings lie: another origin than Dograh. */
  readonly storageUrl: string;
  /** Every request that the storage host received, oldest first. */
  readonly storageRequests: readonly RequestRecord[];
  /** May be changed at any time; `reset()` restores it in place. */
  readonly world: World;
  /** The calls that were really placed, oldest first. */
  readonly calls: readonly PlacedCall[];
  /** All runs, those that failed before there was a call too. */
  readonly runs: readonly Run[];
  /** Every request received, oldest first. */
  readonly requests: readonly RequestRecord[];
  /** Those of them that asked for a call, whatever came of it. */
  readonly callRequests: readonly RequestRecord[];
  /** What was not as the contract says. A test expects this to be empty. */
  readonly contractViolations: readonly ContractViolation[];
  readonly faults: Pick<Faults, 'add' | 'clear'>;
  /** Calls the listener at every change of a run's state. Returns the way to stop that. */
  onChange(listener: (run: Run) => void): () => void;
  /** Calls the listener once a request was answered or struck by a fault. Returns the way to stop that. */
  onRequest(listener: (request: RequestRecord) => void): () => void;
  /** Calls the listener with the milliseconds when a fault begins to make a client wait. Returns the way to stop that. */
  onWait(listener: (ms: number) => void): () => void;
  /**
   * Resolves when the run has come so far, at once if it is past it; rejects after `timeoutMs` (60000). `completed`
   * is not all: `results` and `artifacts` come later, `artifacts` also where there are none.
   */
  waitFor(runId: number, milestone: RunMilestone, timeoutMs?: number): Promise<Run>;
  /** How the next call that is placed will end, whoever is called; goes before `world.endings`. */
  endNext(ending: Ending): void;
  /**
   * The agent decides during the conversation how the call will end: Dograh writes that down, and nothing else yet.
   * Throws where no call goes on.
   */
  noteDisposition(runId: number, disposition: string): Run;
  /** Hangs up now. Throws where there is no such run, it is over, or a call that was answered should not have been. */
  finish(runId: number, ending?: Ending): Run;
  /** Writes the results of a completed run now, however late they were to come. Throws where there are none to write. */
  writeResults(runId: number): Run;
  /** Puts a run into the past. It is no call of the simulator's, so `calls` does not have it. */
  addRun(past?: PastRun): Run;
  /** Forgets calls, requests, faults and violations, ends what is under way, restores the world. */
  reset(): void;
  /**
   * Cuts every connection, refuses new ones for so long, and comes back at the same address with all it knew, as a
   * Dograh with its database does. Calls under way go on: they live at the telephony provider. A request in flight
   * may have placed its call or not. The storage host stays where it is. Asked while it is away already, it goes away once more after that. Resolves
   * when it is back, or was stopped; rejects when somebody has taken its port.
   */
  restart(downMs: number): Promise<void>;
  /** Closes every connection and stops every clock. A second time does nothing. */
  stop(): Promise<void>;
}

const defaultTiming: CallTiming = {
  dialMs: 50,
  ringMs: 150,
  callDurationMs: 1500,
  resultsAfterMs: 20,
  artifactsAfterMs: 40,
};

/** Starts a simulator on loopback. Rejects when the port is taken. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const {
    port = 0,
    world: initialWorld = createWorld(),
    signedUrlSeconds = 3600,
    clockOffsetMs = 0,
    firstRunId,
    ...timing
  } = options;
  const initial = structuredClone(initialWorld);
  const world = structuredClone(initialWorld);
  const faults = new Faults();
  const runs = new Runs({ ...defaultTiming, ...timing }, clockOffsetMs, firstRunId);
  const storage = new Storage(runs, signedUrlSeconds, () => storageUrl);
  const dograh = new Dograh(readContract(), () => ({ world, runs, storage, url }));
  const server = new SimulatorServer(dograh, faults, clockOffsetMs);
  const storageServer = new SimulatorServer(storage, faults, clockOffsetMs);
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
    reset() {
      server.reset();
      storageServer.reset();
      faults.clear();
      runs.clear();
      dograh.contractViolations.length = 0;
      restoreWorld(world, initial);
    },
    restart: (downMs) => server.restart(downMs),
    async stop() {
      runs.stopClock();
      await Promise.all([server.stop(), storageServer.stop()]);
    },
  };
}
