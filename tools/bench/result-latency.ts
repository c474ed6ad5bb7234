import { setTimeout as delay } from 'node:timers/promises';
import type { IDataObject } from 'n8n-workflow';
import {
  withDograh,
  type DograhAddress,
  type DograhProcess,
  type DograhSetup,
} from './dograh-process';
import { writeRange, type Benchmark, type Figure } from './figure';
import { MIN_SAMPLES, median } from './in-turn';
import { CHECK_INTERVAL_MS, waitByAxios, type Answer } from './through-axios';
import { leads, placeByNode } from './through-n8n';

const CALLS_PER_SAMPLE = 20;
/** The time between the starts of two samples, which then wait together. */
const STARTS_MS = 2000;
/** Calls of all durations between two numbers of milliseconds. */
const LENGTHS: readonly CallLengths[] = [
  { are: '5 to 60 s', callMs: [5000, 60_000] },
  { are: '1 to 5 min', callMs: [60_000, 300_000] },
];

interface CallLengths {
  readonly are: string;
  readonly callMs: readonly [number, number];
}

/** How soon a workflow continues after a call, and how many checks it needs. */
export const resultLatency: Benchmark = {
  name: 'the wait for a result',
  about: `The default maximum interval of 15 s, and an axios loop that checks every ${CHECK_INTERVAL_MS / 1000} s. Ours also reads agent and cost: two more requests. After a minute, it checks less often.`,
  async measure() {
    const figures = await Promise.all(LENGTHS.map(compare));
    return figures.flat();
  },
};

async function compare({ are, callMs }: CallLengths): Promise<readonly Figure[]> {
  const setup = { answerMs: 5, callMs };
  const [ours, rival] = await withTwo(setup, async (one, other) => {
    const running: [Promise<readonly Answer[]>[], Promise<readonly Answer[]>[]] = [[], []];
    for (let turn = 0; turn < MIN_SAMPLES; turn += 1) {
      const items = leads((turn + 1) * CALLS_PER_SAMPLE).slice(-CALLS_PER_SAMPLE);
      running[0].push(waitByNode(one, items));
      await delay(STARTS_MS);
      running[1].push(waitByAxios(other, items));
      await delay(STARTS_MS);
    }
    return Promise.all([counted(one, running[0]), counted(other, running[1])]);
  });
  const name = 'axios loop';
  const medians = ours.latencies.map(median);
  const theirs = median(rival.latencies.map(median));
  const [late, theirsLate] = [ours, rival].map(({ latencies }) =>
    percentile(latencies.flat(), 0.95),
  ) as [number, number];
  const calls = `${ours.latencies.flat().length} calls.`;
  return [
    {
      what: `Median wait, ${are}`,
      unit: 's',
      ours: median(medians),
      rival: { name, value: theirs },
      ratio: median(medians) / theirs,
      note: `Median of the medians of ${medians.length} samples (${writeRange(medians, 's')}).`,
    },
    {
      what: `95th percentile, ${are}`,
      unit: 's',
      ours: late,
      rival: { name, value: theirsLate },
      ratio: late / theirsLate,
      note: `Of ${calls}`,
      isDetail: true,
    },
    {
      what: `Requests, ${are}`,
      unit: 'requests',
      ours: ours.polls,
      rival: { name, value: rival.polls },
      ratio: ours.polls / rival.polls,
      note: `The mean of ${calls}`,
    },
  ];
}

/** Uses two simulators, so that each counts the requests of one client. */
async function withTwo<T>(
  setup: DograhSetup,
  use: (one: DograhProcess, other: DograhProcess) => Promise<T>,
): Promise<T> {
  return withDograh(setup, (one) => withDograh(setup, (other) => use(one, other)));
}

interface Counted {
  /** By sample: the milliseconds from the end of each call to its answer. */
  readonly latencies: readonly (readonly number[])[];
  /** The average requests per call, without the one that places it. */
  readonly polls: number;
}

async function counted(
  dograh: DograhProcess,
  running: readonly Promise<readonly Answer[]>[],
): Promise<Counted> {
  const samples = await Promise.all(running);
  const { ended, requests, calls } = await dograh.tally();
  return {
    latencies: samples.map((answers) => answers.map(({ runId, at }) => at - (ended[runId] ?? NaN))),
    polls: (requests - calls) / calls,
  };
}

async function waitByNode(
  dograh: DograhAddress,
  items: readonly IDataObject[],
): Promise<readonly Answer[]> {
  return Promise.all(
    items.map(async (item) => {
      const { outputs, error } = await placeByNode(dograh, [item], 1, {
        operation: 'triggerAndWait',
      });
      const runId = outputs[0]?.[0]?.json['workflow_run_id'];
      if (typeof runId !== 'number') throw error ?? new Error('A run has no result.');
      return { runId, at: Date.now() };
    }),
  );
}

function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? NaN;
}
