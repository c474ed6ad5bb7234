import axios from 'axios';
import { createWorld } from '../simulator';
import { withDograh, type DograhProcess } from './dograh-process';
import { type Benchmark } from './figure';
import { median } from './in-turn';
import { placeByAxios } from './through-axios';
import { leads, placeByNode } from './through-n8n';

const CALLS = 100;
/** Calls of all lengths between these. */
const CALL_MS = [5000, 60_000] as const;
const POLL_MS = 5000;

interface Sample {
  /** From the end of a call to its answer, in milliseconds. */
  readonly latencies: readonly number[];
  readonly polls: number;
}

/** How soon a workflow goes on after a call is over, and how often it has to look. */
export const resultLatency: Benchmark = {
  name: 'the wait for a result',
  about: `${CALLS} calls of ${CALL_MS.map((ms) => ms / 1000).join(' to ')} s, each waited for by a workflow of its own, with pollSeconds at 15, as it is unless changed. The rival is a loop of axios that looks every ${POLL_MS / 1000} s, and is content with the end of the call; ours waits for its results, and reads agent and price, which takes two requests besides. The simulated Dograh writes results at once. Ours is measured first, then the rival; each call is a sample.`,
  async measure() {
    return withDograh({ answerMs: 5, callMs: CALL_MS }, async (dograh) => {
      // Each is the median of many calls, so one sample of each says enough.
      const ours = await sample(dograh, waitByNode);
      const rival = await sample(dograh, waitByLooking);
      const name = `looking every ${POLL_MS / 1000} s`;
      return [
        {
          what: 'From the end of a call to the answer, median',
          unit: 's',
          ours: median(ours.latencies),
          rival: { name, value: median(rival.latencies) },
          ratio: median(ours.latencies) / median(rival.latencies),
          note: `Of ${CALLS} calls.`,
        },
        {
          what: 'From the end of a call to the answer, 95th percentile',
          unit: 's',
          ours: percentile(ours.latencies, 0.95),
          rival: { name, value: percentile(rival.latencies, 0.95) },
          ratio: percentile(ours.latencies, 0.95) / percentile(rival.latencies, 0.95),
          note: `Of ${CALLS} calls.`,
        },
        {
          what: 'Requests for each call',
          unit: 'requests',
          ours: ours.polls,
          rival: { name, value: rival.polls },
          ratio: ours.polls / rival.polls,
          note: `Of ${CALLS} calls.`,
        },
      ];
    });
  },
};

/** Places the calls, waits for their ends, and gives the moments of the answers by run ID. */
type Wait = (dograh: DograhProcess) => Promise<ReadonlyMap<number, number>>;

async function sample(dograh: DograhProcess, wait: Wait): Promise<Sample> {
  await dograh.tally();
  const answered = await wait(dograh);
  const { ended, requests, calls } = await dograh.tally();
  if (answered.size !== CALLS) throw new Error(`${answered.size} of ${CALLS} calls were answered.`);
  return {
    latencies: [...answered].map(([runId, at]) => at - (ended[runId] ?? NaN)),
    polls: (requests - calls) / calls,
  };
}

const waitByNode: Wait = async (dograh) => {
  const runs = leads(CALLS).map(async (item) => {
    const { outputs, error } = await placeByNode(dograh, [item], 1, {
      operation: 'triggerAndWait',
    });
    const runId = outputs[0]?.[0]?.json['workflow_run_id'];
    if (typeof runId !== 'number') throw error ?? new Error('A run has no result.');
    return [runId, Date.now()] as const;
  });
  return new Map(await Promise.all(runs));
};

const waitByLooking: Wait = async (dograh) => {
  const runIds = await placeByAxios(dograh, leads(CALLS), CALLS);
  const ends = runIds.map(async (runId) => {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      const { data } = await axios.get<{ is_completed: boolean }>(
        `${dograh.url}/api/v1/workflow/${createWorld().agents.leadQualifier.id}/runs/${runId}`,
        { headers: { 'X-API-Key': dograh.apiKey } },
      );
      if (data.is_completed) return [runId, Date.now()] as const;
    }
  });
  return new Map(await Promise.all(ends));
};

function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? NaN;
}
