// Bundled, so that what Zapier runs depends on no symlink of this workspace.
import { build } from 'esbuild';
import { rm } from 'node:fs/promises';
import { filesOf, loadLater } from '../shared/load-later.mjs';

const root = import.meta.dirname;
/** Zapier loads the app anew again and again, and more than half of its code was that of these packages. */
const LATER = ['libphonenumber-js/min', 'jsonc-parser', 'ipaddr.js'];

const options = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node22',
  conditions: ['source'],
  // jsonc-parser's CommonJS form hides its requires from the bundler.
  mainFields: ['module', 'main'],
  external: ['zapier-platform-core'],
  legalComments: 'inline',
  logLevel: 'warning',
};

await rm(`${root}/dist`, { recursive: true, force: true });
for (const file of filesOf(LATER)) await build({ ...options, ...file });
// Last, because this file tells whether the app is built.
await build({
  ...options,
  entryPoints: ['src/index.ts'],
  outfile: 'dist/index.js',
  plugins: [loadLater(LATER)],
});
