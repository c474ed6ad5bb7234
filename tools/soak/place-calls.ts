import { join } from 'node:path';
import { createWorld, startSimulator, type Simulator } from '../simulator';
import { randomFrom } from '../support/random';
import type { CallsOptions } from './options';
import { RandomFaults } from './random-faults';
import { soakCalls, type SoakCall, type SoakOutcome } from './soak-call';
import { giveOrder } from './soak-process';

const CONCURRENT_CALLS = 10;

/**
 * Places many calls through both hosts at once while a simulated Dograh fails at random and restarts. Each host has its
 * own process. Then it counts the results.
 * @returns the exit code
 */
export async function placeCalls({ calls: count, seed }: CallsOptions): Promise<number> {
  const calls = soakCalls(count);
  const world = createWorld();
  world.acme.concurrentCallLimit = CONCURRENT_CALLS;
  const simulator = await startSimulator({ world, dialMs: 10, ringMs: 10, callDurationMs: 60 });
  const randomFaults = new RandomFaults(simulator, randomFrom(seed));
  const outcomes = new Map<string, SoakOutcome>();
  const started = Date.now();
  await placeAll(calls, simulator, (outcome) => {
    outcomes.set(outcome.phoneNumber, outcome);
  });
  await randomFaults.stop();
  await simulator.stop();

  const tally = tallyOf(calls, outcomes, simulator);
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  print(`${count} calls with seed ${seed}, at most ${CONCURRENT_CALLS} at once, in ${seconds} s: `);
  print(`${simulator.requests.length} requests, ${randomFaults.faults} with a fault, `);
  print(`${randomFaults.restarts} restarts\n\n`);
  for (const name of Object.keys(MEANINGS) as (keyof Tally)[]) {
    const figure = String(tally[name].length).padStart(6);
    print(`${name.padEnd(11)} ${figure}   ${MEANINGS[name]}\n`);
  }
  const wrong = [
    ...tally.duplicated,
    ...tally.lost,
    ...tally.knowable,
    ...simulator.contractViolations.map((violation) => JSON.stringify(violation)),
  ];
  print(`\n${[...wrong, wrong.length === 0 ? 'OK' : 'FAILED'].join('\n')}\n`);
  return wrong.length === 0 ? 0 : 1;
}

async function placeAll(
  calls: readonly SoakCall[],
  { url, world }: Simulator,
  report: (outcome: SoakOutcome) => void,
): Promise<void> {
  const { apiKey } = world.acme;
  const half = Math.ceil(calls.length / 2);
  const order = { baseUrl: url, apiKey };
  await Promise.all([
    giveOrder(fileOf('n8n'), { ...order, calls: calls.slice(0, half) }, report),
    giveOrder(fileOf('zapier'), { ...order, calls: calls.slice(half) }, report),
  ]);
}

function fileOf(host: 'n8n' | 'zapier'): string {
  return join(__dirname, `soak-through-${host}.ts`);
}

interface Tally {
  readonly asked: readonly string[];
  readonly placed: readonly string[];
  readonly recovered: readonly string[];
  /** The phone rang more than once. */
  readonly duplicated: readonly string[];
  /** The user got a wrong message, or none. */
  readonly lost: readonly string[];
  readonly unknown: readonly string[];
  /** The user got "unknown" although Dograh had returned the run. */
  readonly knowable: readonly string[];
}

const MEANINGS: Readonly<Record<keyof Tally, string>> = {
  asked: 'requested calls',
  placed: 'numbers that were called',
  recovered: 'of them, calls whose response was lost and whose run was found',
  duplicated: 'numbers that were called more than once',
  lost: 'calls with a wrong message for the user, or none',
  unknown: 'calls with the message to check first, because the phone may have rung',
  knowable: 'of them, calls whose run Dograh had returned in a search',
};

function tallyOf(
  calls: readonly SoakCall[],
  outcomes: ReadonlyMap<string, SoakOutcome>,
  simulator: Simulator,
): Tally {
  const runsTo = new Map<string, number[]>();
  for (const { phoneNumber, runId } of simulator.calls) {
    runsTo.set(phoneNumber, [...(runsTo.get(phoneNumber) ?? []), runId]);
  }
  const tally = {
    asked: calls.map(({ phoneNumber }) => phoneNumber),
    placed: [...runsTo.keys()],
    recovered: [] as string[],
    duplicated: [] as string[],
    lost: [] as string[],
    unknown: [] as string[],
    knowable: [] as string[],
  };
  for (const { phoneNumber } of calls) {
    const outcome = outcomes.get(phoneNumber);
    const runIds = runsTo.get(phoneNumber) ?? [];
    const story = `${phoneNumber}: runs ${runIds.join(', ') || 'none'}, told ${JSON.stringify(outcome)}`;
    if (runIds.length > 1) tally.duplicated.push(`duplicated ${story}`);
    if (outcome?.ending === 'unknown') {
      tally.unknown.push(story);
      if (runIds.some((runId) => wasTold(simulator, phoneNumber, runId))) {
        tally.knowable.push(`knowable ${story}`);
      }
    } else if (outcome?.ending !== 'placed' || !runIds.includes(outcome.runId ?? 0)) {
      tally.lost.push(`lost ${story}`);
    }
    if (outcome?.recovered === true) tally.recovered.push(story);
  }
  return tally;
}

/** Whether Dograh returned this run in a search for this number. Only this call searches for the number. */
function wasTold({ requests }: Simulator, phoneNumber: string, runId: number): boolean {
  return requests.some(({ path, query, status, answer }) => {
    if (!path.endsWith('/usage/runs') || status !== 200) return false;
    if (!(query['filters'] ?? '').includes(phoneNumber.slice(1))) return false;
    return (answer as { runs: { id: number }[] }).runs.some(({ id }) => id === runId);
  });
}

function print(text: string): void {
  process.stdout.write(text);
}
