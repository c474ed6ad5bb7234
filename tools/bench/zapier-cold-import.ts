import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { withBench } from '../zapier-check/cli-bench';
import { BARE_APP, makeBare } from './bare-zapier-app';
import { writeRange, type Benchmark } from './figure';
import { inTurn, median, sum } from './in-turn';

const WHAT = 'Zapier: cold import';
const CORE = 'zapier-platform-core';
/** Prints how many milliseconds core and app took to load, one after the other. */
const PROGRAM = `
  const times = ['${CORE}', './index.js'].map((name) => {
    const started = performance.now();
    require(name);
    return performance.now() - started;
  });
  console.log(JSON.stringify(times));
`;

/** The time that our app adds to a cold start in Zapier's cloud. Each app loads the core. */
export const zapierColdImport: Benchmark = {
  name: WHAT,
  about: 'The time that our app adds to the start.',
  async measure() {
    const { ours, rival } = await withBench({}, (whole) =>
      withBench({}, async (bare) => {
        await makeBare(bare);
        return inTurn({ ours: () => loadTimes(whole.app), rival: () => loadTimes(bare.app) });
      }),
    );
    const app = ours.map(([, appTime]) => appTime);
    const [all, bare] = [ours.map(sum), rival.map(sum)];
    return [
      {
        what: 'App alone',
        unit: 'ms',
        ours: median(app),
        goal: { of: 'ours', is: 'under', limit: 15 },
        note: `The time of the app after the core is loaded: the median of ${app.length} new processes (${writeRange(app, 'ms')}).`,
      },
      {
        what: 'Core and app',
        unit: 'ms',
        ours: median(all),
        rival: { name: BARE_APP, value: median(bare) },
        ratio: median(all) / median(bare),
        note: `Medians of ${all.length} new processes (${writeRange(all, 'ms')}; ${writeRange(bare, 'ms')}); the ratio can be below 1 if the core's own time varies by more than the app adds.`,
      },
    ];
  },
};

/** Uses a new process, because loaded code stays loaded and compiled. */
async function loadTimes(cwd: string): Promise<readonly [core: number, app: number]> {
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', PROGRAM], {
    cwd,
    // Node may reuse compiled code of another process. A cold start has none.
    env: { PATH: process.env['PATH'], NODE_DISABLE_COMPILE_CACHE: '1' },
  });
  return JSON.parse(stdout) as [number, number];
}
