// One file, so that what Zapier runs depends on no symlink of this workspace.
import { build } from 'esbuild';
import { rm } from 'node:fs/promises';

const root = import.meta.dirname;

await rm(`${root}/dist`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: ['src/index.ts'],
  outfile: 'dist/index.js',
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
});
