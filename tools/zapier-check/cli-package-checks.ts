import assert from 'node:assert/strict';
import { buildZip, CALL_INPUT, runUnzipped, zapier, type Checks } from './cli-bench';

/** Zapier takes more, but what is much larger than today has swallowed something. */
const LARGEST_ZIP_KB = 1500;

/** What becomes of the app on its way to Zapier, in this order. */
export const packageChecks: Checks = {
  'validate --without-style': async (bench) => {
    const { exitCode, all } = await zapier(bench, 'validate', '--without-style');
    assert.equal(exitCode, 0, all);
    assert.match(all, /structurally sound/);
    return 'structurally sound';
  },
  'build --skip-dep-install --skip-validation': async (bench) => {
    const kilobytes = Math.ceil((await buildZip(bench)) / 1024);
    assert.ok(kilobytes <= LARGEST_ZIP_KB, `${kilobytes} kB is more than ${LARGEST_ZIP_KB} kB`);
    return `${kilobytes} kB`;
  },
  'the built zip runs on its own': async (bench) => {
    const { output, modules, root } = await runUnzipped(bench, CALL_INPUT);
    assert.equal(output['workflow_run_id'], bench.simulator.calls.at(-1)?.runId);
    const foreign = modules.filter((path) => !path.startsWith(root));
    assert.deepEqual(foreign, [], 'it loaded something from outside');
    assert.ok(modules.some((path) => path.endsWith('/zapier-app/dist/index.js')));
    return `run ${String(output['workflow_run_id'])}, ${modules.length} modules, all its own`;
  },
};
