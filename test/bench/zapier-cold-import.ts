import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { APP_DIR } from '../zapier-app/runtime';
import { write, type Benchmark } from './figure';
import { inTurn, median, range, sum } from './in-turn';

const WHAT = 'Zapier: cold import';
const CORE = 'zapier-platform-core';
const APP = './index.js';
/** Prints how many milliseconds each of the modules named took to load, in this order. */
const PROGRAM = `
  const times = process.argv.slice(1).map((name) => {
    const started = performance.now();
    require(name);
    return performance.now() - started;
  });
  console.log(JSON.stringify(times));
`;

/** What our app adds to the time that Zapier's cloud needs to wake up: it loads the core for any app. */
export const zapierColdImport: Benchmark = {
  name: WHAT,
  about:
    "What our app adds to the time that Zapier's cloud needs to wake up, where it loads the core for any app.",
  async measure() {
    const { ours, rival } = await inTurn({
      ours: () => loadTimes(CORE, APP),
      rival: () => loadTimes(CORE),
    });
    const app = ours.map(([, appTime = NaN]) => appTime);
    const coreAlone = rival.map(sum);
    const core = median(coreAlone);
    return [
      {
        what: WHAT,
        unit: 'ms',
        ours: median(app),
        rival: { name: `${CORE} alone`, value: core },
        ratio: median(ours.map(sum)) / core,
        goal: { of: 'ours', is: 'under', limit: 15 },
        note: [
          `What the app takes after the core is loaded: the median of ${app.length} new processes (${between(app)}).`,
          `The ratio is (core + app) / core, each in processes of its own, in turn; it can come out below 1 where the core alone varies by more than the app adds (here ${between(coreAlone)}).`,
        ].join(' '),
      },
    ];
  },
};

function between(times: readonly number[]): string {
  return range(times)
    .map((time) => write(time, 'ms'))
    .join(' to ');
}

/** In a process of its own: what is loaded once stays loaded, and compiled. */
async function loadTimes(...modules: string[]): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', PROGRAM, ...modules], {
    cwd: APP_DIR,
    // Node could keep compiled code from one process to the next; a cold start has none.
    env: { PATH: process.env['PATH'], NODE_DISABLE_COMPILE_CACHE: '1' },
  });
  return JSON.parse(stdout) as number[];
}
