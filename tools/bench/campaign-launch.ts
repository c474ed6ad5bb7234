import { fork } from 'node:child_process';
import { join } from 'node:path';
import { withDograh, type DograhAddress } from './dograh-process';
import { writeRange, type Benchmark } from './figure';
import { inTurn, median, MIN_SAMPLES } from './in-turn';

/** A launch that the child measures. */
export interface LaunchOrder extends DograhAddress {
  readonly by: 'client' | 'axios';
  readonly contacts: number;
}

export interface LaunchCost {
  /** Without the pauses that wait for Dograh's transactions. */
  readonly ms: number;
  /** To Dograh and to its storage. */
  readonly requests: number;
  /** The highest live memory during the launch, minus that before it. The contacts themselves were there before. */
  readonly bytes: number;
}

const CONTACTS = 10_000;
const AXIOS = 'axios, unchecked';

/** What it costs to launch 10,000 contacts. */
export const campaignLaunch: Benchmark = {
  name: 'the launch of a campaign',
  about: `${CONTACTS.toLocaleString('en')} contacts, without the pause of 10 s. The other program uploads the same file, creates and starts, without any check.`,
  async measure() {
    return withDograh({ answerMs: 5, callMs: null, concurrentCalls: 10 }, async (dograh) => {
      const { url, apiKey } = dograh;
      const sample = async (by: LaunchOrder['by']): Promise<LaunchCost> => {
        const cost = await launch({ url, apiKey, by, contacts: CONTACTS });
        await dograh.tally();
        return cost;
      };
      const { ours, rival } = await inTurn(
        { ours: () => sample('client'), rival: () => sample('axios') },
        { samples: MIN_SAMPLES, warmUps: 0 },
      );
      const times = [ours, rival].map((costs) => costs.map(({ ms }) => ms));
      const requests = [ours, rival].map((costs) => median(costs.map((cost) => cost.requests)));
      const bytes = [ours, rival].map((costs) => costs.map((cost) => cost.bytes / CONTACTS));
      return [
        {
          what: 'Time',
          unit: 's',
          ...beside(times.map(median)),
          note: `Medians of ${ours.length} processes (${writeRange(times[0] ?? [], 's')}; ${writeRange(times[1] ?? [], 's')}).`,
        },
        {
          what: 'Requests',
          unit: 'requests',
          ...beside(requests),
          goal: { of: 'ours', is: 'at most', limit: 12 },
          note: 'To Dograh and its storage.',
        },
        {
          what: 'Memory per contact',
          unit: 'kB',
          ...beside(bytes.map(median)),
          goal: { of: 'ours', is: 'under', limit: 1_000 },
          note: `The highest live memory at a request, without the contacts themselves (${writeRange(bytes[0] ?? [], 'kB')}).`,
        },
      ];
    });
  },
};

function beside([ours = NaN, theirs = NaN]: readonly number[]) {
  return { ours, rival: { name: AXIOS, value: theirs }, ratio: ours / theirs };
}

/** Measures in a new process, so that memory of one launch does not count for the next. */
async function launch(order: LaunchOrder): Promise<LaunchCost> {
  const child = fork(join(__dirname, 'campaign-launch-child.ts'), {
    execArgv: [...process.execArgv, '--expose-gc'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (cost: LaunchCost) => {
      resolve(cost);
    });
    child.once('exit', (code) => {
      reject(new Error(`The process ended with ${String(code)}.`));
    });
    child.send(order);
  });
}
