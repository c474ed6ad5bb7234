/** The simulator of a benchmark. The benchmark sends the orders. This process ends with the benchmark. */
import { createWorld, startSimulator, type Simulator } from '../simulator';
import type { DograhAnswer, DograhOrder, DograhSetup, DograhTally } from './dograh-process';

let simulator: Simulator | undefined;
let answerMs = 0;

process.on('message', (order: DograhOrder) => {
  void carryOut(order).then((answer) => process.send?.(answer));
});
process.on('disconnect', () => process.exit());

async function carryOut(order: DograhOrder): Promise<DograhAnswer> {
  if (order === 'tally') return { tally: tally() };
  const { url, world } = await start(order.setup);
  return { url, apiKey: world.acme.apiKey };
}

async function start(setup: DograhSetup): Promise<Simulator> {
  const world = createWorld();
  world.acme.concurrentCallLimit = setup.concurrentCalls ?? Infinity;
  const { callMs } = setup;
  const callDurationMs = typeof callMs === 'number' ? callMs : Infinity;
  simulator = await startSimulator({ world, dialMs: 0, ringMs: 0, callDurationMs });
  if (Array.isArray(callMs)) endAfterAllLengths(simulator, callMs as [number, number]);
  answerMs = setup.answerMs;
  delayAnswers();
  return simulator;
}

/** The golden ratio spreads any number of lengths evenly, in an order that no client's polling can match. */
const SPREAD = (Math.sqrt(5) - 1) / 2;

function endAfterAllLengths(dograh: Simulator, [shortest, longest]: [number, number]): void {
  dograh.onChange(({ runId, states }) => {
    if (states.at(-1)?.state !== 'in_progress') return;
    const length = shortest + ((runId * SPREAD) % 1) * (longest - shortest);
    setTimeout(() => dograh.finish(runId), length);
  });
}

function delayAnswers(): void {
  simulator?.faults.add({
    on: 'any',
    times: Infinity,
    fault: { kind: 'latency', callPlaced: true, ms: answerMs, delayed: 'answer' },
  });
}

function tally(): DograhTally {
  if (!simulator) throw new Error('There is no simulator yet.');
  const { calls, requests, contractViolations } = simulator;
  if (contractViolations.length > 0) throw new Error(JSON.stringify(contractViolations[0]));
  const numbers = new Set(calls.map(({ phoneNumber }) => phoneNumber));
  const counted = {
    requests: requests.length,
    calls: calls.length,
    doubled: calls.length - numbers.size,
    lastCallAt: Date.parse(calls.at(-1)?.placedAt ?? ''),
    ended: Object.fromEntries(
      calls.flatMap(({ runId, states }) => {
        const end = states.find(({ state }) => state === 'completed');
        return end ? [[runId, Date.parse(end.at)]] : [];
      }),
    ),
  };
  simulator.reset();
  delayAnswers();
  return counted;
}
