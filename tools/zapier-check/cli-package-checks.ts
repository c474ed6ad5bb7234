import assert from 'node:assert/strict';
import { buildZip, CALL_INPUT, runUnzipped, zapier, type Checks } from './cli-bench';

/** Zapier allows more, but a much larger zip contains files by mistake. */
const MAX_ZIP_KB = 1500;

/** Validates the app, builds its zip and runs the zip, in this order. */
export const packageChecks: Checks = {
  'validate --without-style': async (bench) => {
    const { exitCode, all } = await zapier(bench, 'validate', '--without-style');
    assert.equal(exitCode, 0, all);
    assert.match(all, /structurally sound/);
    return 'structurally sound';
  },
  'build --skip-dep-install --skip-validation': async (bench) => {
    const kilobytes = Math.ceil((await buildZip(bench)) / 1024);
    assert.ok(kilobytes <= MAX_ZIP_KB, `${kilobytes} kB is more than ${MAX_ZIP_KB} kB`);
    return `${kilobytes} kB`;
  },
  'the built zip runs on its own': async (bench) => {
    const { output, modules, root } = await runUnzipped(bench, CALL_INPUT);
    assert.equal(output['workflow_run_id'], bench.simulator.calls.at(-1)?.runId);
    const foreign = modules.filter((path) => !path.startsWith(root));
    assert.deepEqual(foreign, [], 'the zip loaded files from outside');
    assert.ok(modules.some((path) => path.endsWith('/zapier-app/dist/index.js')));
    return `run ${String(output['workflow_run_id'])}, ${modules.length} modules, all its own`;
  },
};
