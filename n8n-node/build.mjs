// n8n installs no dependencies of a verified node, so everything but n8n-workflow goes into the bundles.
import { build } from 'esbuild';
import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';

const root = import.meta.dirname;
const nodes = ['Dograh/Dograh.node', 'DograhTrigger/DograhTrigger.node'];

await rm(`${root}/dist`, { recursive: true, force: true });
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: [...nodes.map((node) => `nodes/${node}.ts`), 'credentials/DograhApi.credentials.ts'],
  outdir: 'dist',
  outbase: '.',
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // jsonc-parser's CommonJS form hides its requires from the bundler.
  mainFields: ['module', 'main'],
  external: ['n8n-workflow'],
  logLevel: 'warning',
  metafile: true,
});
await cp(`${root}/icons`, `${root}/dist/icons`, { recursive: true });
for (const node of nodes) {
  await cp(`${root}/nodes/${node}.json`, `${root}/dist/nodes/${node}.json`);
}
await writeFile(
  `${root}/dist/third-party-licenses.txt`,
  await licensesOf(Object.keys(metafile.inputs)),
);

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
