import { randomUUID } from 'node:crypto';
import {
  DEFAULT_POLL_SECONDS,
  DEFAULT_WAIT_TIMEOUT_MINUTES,
  type CallInput,
  type RunResult,
  type DograhClient,
} from '@dograh/shared';
import type { AgentSummary } from '../../shared/src/agents/list-agents';
import { quote } from '../../shared/src/errors/quote';
import { differs, works, type Differs, type Finding, type Works } from './finding';
import { firstRuns } from './first-runs';
import { reasonOf, type Check } from './report';

/** A call that this program places. */
export interface LiveCall {
  readonly agent: AgentSummary;
  readonly phoneNumber: string;
  /** No other call has it. */
  readonly reference: string;
}

export function newCall(agent: AgentSummary, phoneNumber: string): LiveCall {
  return { agent, phoneNumber, reference: `live-check-${randomUUID()}` };
}

/** The warning before the phone rings. */
export function announcement({ agent, phoneNumber }: LiveCall): string {
  return `This dials a REAL phone: ${phoneNumber}, once, by the agent ${quote(agent.name)}. Its variables stay empty.`;
}

/** Places the call once and waits for its result. Finds the ID of the run, also if the result cannot be read. */
export function callCheck(client: DograhClient, call: LiveCall): Check<number> {
  return {
    name: 'call',
    expected: 'an accepted call',
    run: async () => {
      const { workflow_run_id: id } = await client.prepare(inputOf(call)).place();
      if (id === null) throw new Error('A calling rule did not allow the call.');
      return waitForEnd(client, id);
    },
  };
}

function inputOf({ agent, phoneNumber, reference }: LiveCall): CallInput {
  return {
    agent: { by: 'list', value: agent.agentUuid, name: agent.name },
    phoneNumber,
    callReference: reference,
    requireVariables: false,
  };
}

async function waitForEnd(client: DograhClient, id: number): Promise<Finding<number>> {
  try {
    const result = await client.waitForResult(id, {
      timeoutMs: DEFAULT_WAIT_TIMEOUT_MINUTES * 60_000,
      pollMs: DEFAULT_POLL_SECONDS * 1_000,
      onTimeout: 'fail',
      forTranscript: false,
    });
    const { outcome, disposition } = result;
    const isUnclear = outcome === 'failed' || (outcome === 'unknown' && disposition === null);
    if (!isUnclear) return works(describe(result), id);
    return { ...differs('a call that rings', describe(result)), found: id };
  } catch (error) {
    return { ...differs(`the result of run ${id}`, reasonOf(error)), found: id };
  }
}

function describe(result: RunResult): string {
  const { workflow_run_id: id, outcome, disposition, duration_seconds: seconds } = result;
  const reason = disposition === null ? '' : ` (${disposition})`;
  return `Run ${id} ended as ${outcome ?? 'unknown'}${reason} after ${seconds ?? 0} seconds.`;
}

export function byReferenceCheck(
  client: DograhClient,
  { reference: callReference }: LiveCall,
  id: number,
): Check<undefined> {
  return {
    name: 'by reference',
    expected: `run ${id} by its call reference`,
    run: async () => {
      const found = await client.findCall({ callReference });
      return foundAmong(found === undefined ? [] : [found], id, 'call reference');
    },
  };
}

export function byNumberCheck(
  client: DograhClient,
  { phoneNumber }: LiveCall,
  id: number,
): Check<undefined> {
  return {
    name: 'by number',
    expected: `run ${id} by its number`,
    run: async () => foundAmong(await firstRuns(client, { phoneNumber }), id, 'number'),
  };
}

function foundAmong(
  runs: readonly RunResult[],
  id: number,
  how: 'call reference' | 'number',
): Works<undefined> | Differs<never> {
  const ids = runs.map((run) => run.workflow_run_id);
  if (ids.includes(id)) return works(`Run ${id} was found by its ${how}.`);
  const came = ids.length === 0 ? 'no run.' : `run ${ids.join(', ')}.`;
  return differs(`run ${id} by its ${how}`, came);
}
