// n8n installs no dependencies of a verified node, so everything but n8n-workflow goes into the bundles.
import { build } from 'esbuild';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path/posix';
import { filesOf, loadLater } from '../shared/load-later.mjs';

const root = import.meta.dirname;
// Dograh last, because its file tells whether the node is built.
const nodes = ['DograhTrigger/DograhTrigger.node', 'Dograh/Dograh.node'];
/**
 * n8n loads every node when it starts. These packages only check what was typed, before a call. What is needed after
 * one has to be loaded by then, for n8n may replace or remove the package while a call is waited for: a file that is
 * gone would pass for a call that was never placed.
 */
const LATER = ['libphonenumber-js/min', 'jsonc-parser'];

const options = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // jsonc-parser's CommonJS form hides its requires from the bundler.
  mainFields: ['module', 'main'],
  external: ['n8n-workflow'],
  logLevel: 'warning',
  metafile: true,
};
const bundled = [];

await rm(`${root}/dist`, { recursive: true, force: true });
await cp(`${root}/icons`, `${root}/dist/icons`, { recursive: true });
for (const node of nodes) {
  await cp(`${root}/nodes/${node}.json`, `${root}/dist/nodes/${node}.json`);
}
for (const file of filesOf(LATER)) await bundle(file);
await bundle({
  entryPoints: ['../shared/src/index.ts'],
  outfile: 'dist/shared.js',
  plugins: [loadLater(LATER)],
});
await bundleEntry('credentials/DograhApi.credentials');
for (const node of nodes) await bundleEntry(`nodes/${node}`);
await writeFile(`${root}/dist/third-party-licenses.txt`, await licensesOf(bundled));

async function bundle(what) {
  const { metafile } = await build({ ...options, ...what });
  bundled.push(...Object.keys(metafile.inputs));
}

/** One of the files that n8n loads. What is in shared they have in common, rather than each for itself. */
async function bundleEntry(entry) {
  const shared = relative(dirname(entry), 'shared.js');
  await bundle({
    entryPoints: [`${entry}.ts`],
    outfile: `dist/${entry}.js`,
    alias: { '@dograh/shared': shared },
    external: [...options.external, shared],
  });
}

/** The terms of what was bundled ask to be passed on with it. */
async function licensesOf(inputs) {
  const packages = inputs.flatMap(
    (path) => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? [],
  );
  const texts = [...new Set(packages)].sort().map(async (path) => {
    const folder = `${root}/${path}`;
    const { name, version } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
    const license = (await readdir(folder)).find((file) => /^licen[cs]e/i.test(file));
    return `${name} ${version}\n\n${await readFile(`${folder}/${license}`, 'utf8')}`;
  });
  return (await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`);
}
