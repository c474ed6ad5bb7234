// The app is bundled because Zapier cannot follow this workspace's symlinks.
import { build } from 'esbuild';
import { rm } from 'node:fs/promises';
import { filesOf, loadLater } from '../shared/load-later.mjs';

const root = import.meta.dirname;
/** Zapier loads the app often. These parts are more than half of its code, and few steps need them. */
const LATER = [
  'libphonenumber-js/max',
  'csv-parse/sync',
  'jsonc-parser',
  'ipaddr.js',
  './zone-table',
];

const options = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  conditions: ['source'],
  // The bundler cannot see the requires in the CommonJS build of jsonc-parser.
  mainFields: ['module', 'main'],
  external: ['zapier-platform-core'],
  legalComments: 'inline',
  logLevel: 'warning',
};

await rm(`${root}/dist`, { recursive: true, force: true });
for (const file of filesOf(LATER)) await build({ ...options, ...file });
// Built last, because other tools treat this file as the sign of a finished build.
await build({
  ...options,
  entryPoints: ['src/index.ts'],
  outfile: 'dist/index.js',
  plugins: [loadLater(LATER)],
});
