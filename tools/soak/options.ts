import { parseArgs } from 'node:util';
import { MAX_CALLS } from './soak-call';

export interface CallsOptions {
  readonly kind: 'calls';
  readonly calls: number;
  readonly seed: number;
}

export interface AgentsOptions {
  readonly kind: 'agents';
  /** How many executions to make, retries included. */
  readonly executions: number;
  readonly seed: number;
  /** The number of the only family to run: an execution and its retries. */
  readonly only?: number | undefined;
}

/** Each execution needs numbers of its own. */
export const MAX_EXECUTIONS = 3000;

export const USAGE = `Usage: npm run soak -- [--calls <1 to ${MAX_CALLS}, default 2000>] [--seed <whole number, default 1>]
       npm run soak -- --agents [--executions <1 to ${MAX_EXECUTIONS}, default 1000>] [--seed <whole number, default 1>] [--only <family>]

--calls    places calls through n8n's engine and Zapier's core while Dograh fails and restarts
--agents   runs and retries random workflows in a real n8n. Run npm run e2e once before, because it installs n8n
--only     runs one family, which is an execution and its retries, to reproduce a finding

The same seed plans the same things. Which request a fault hits also depends on timing.`;

/** @throws Error with the usage text */
export function parseOptions(args: readonly string[]): CallsOptions | AgentsOptions {
  const { agents, calls, executions, seed, only } = valuesOf(args);
  const seeded = { seed: wholeNumber(seed ?? '1', -Infinity, Infinity) };
  if (agents !== true) {
    if (executions !== undefined || only !== undefined) throw new Error(USAGE);
    return { kind: 'calls', calls: wholeNumber(calls ?? '2000', 1, MAX_CALLS), ...seeded };
  }
  if (calls !== undefined) throw new Error(USAGE);
  return {
    kind: 'agents',
    executions: wholeNumber(executions ?? '1000', 1, MAX_EXECUTIONS),
    only: only === undefined ? undefined : wholeNumber(only, 0, Infinity),
    ...seeded,
  };
}

interface Values {
  readonly agents?: boolean | undefined;
  readonly calls?: string | undefined;
  readonly executions?: string | undefined;
  readonly seed?: string | undefined;
  readonly only?: string | undefined;
}

function valuesOf(args: readonly string[]): Values {
  const options = {
    agents: { type: 'boolean' },
    calls: { type: 'string' },
    executions: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string' },
  } as const;
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch {
    throw new Error(USAGE);
  }
}

function wholeNumber(text: string, from: number, to: number): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isInteger(value) || value < from || value > to) {
    throw new Error(USAGE);
  }
  return value;
}
