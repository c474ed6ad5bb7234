// Bundled, so that what Zapier runs depends on no symlink of this workspace.
import { build } from 'esbuild';
import { rm } from 'node:fs/promises';

const root = import.meta.dirname;
/**
 * Packages that few steps need, and what is used of them: to check a phone number, to say where JSON is broken, to tell
 * a private address. Each gets a file of its own that is loaded at the first call into it, because Zapier loads the app
 * anew again and again, and more than half of the app's code was theirs.
 */
const LATER = {
  'libphonenumber-js/min': [
    'isSupportedCountry',
    'parsePhoneNumberFromString',
    'validatePhoneNumberLength',
  ],
  'jsonc-parser': ['parse', 'printParseErrorCode'],
  'ipaddr.js': ['default'],
};

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

/** Puts what loads a package in its place. The build fails where something else is used of it. */
const loadLater = {
  name: 'load-later',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /./ }, ({ path, namespace }) => {
      if (namespace === 'later') return { path, external: true };
      return path in LATER ? { path, namespace: 'later' } : undefined;
    });
    onLoad({ filter: /./, namespace: 'later' }, ({ path }) => ({
      contents: LATER[path]
        .map((name) => standIn(name, `require('./${fileOf(path)}').${name}`))
        .join('\n'),
    }));
  },
};

/** A function, or by the name `default` an object of functions. */
function standIn(name, real) {
  return name === 'default'
    ? `export default new Proxy({}, { get: (_, key) => ${real}[key] });`
    : `export const ${name} = (...given) => ${real}(...given);`;
}

function fileOf(path) {
  return `${path.replace(/\/.*|\.js$/g, '')}.js`;
}

await rm(`${root}/dist`, { recursive: true, force: true });
for (const [path, names] of Object.entries(LATER)) {
  await build({
    ...options,
    stdin: { contents: `export { ${names} } from '${path}';`, resolveDir: `${root}/../shared` },
    outfile: `dist/${fileOf(path)}`,
  });
}
// Last, because this file tells whether the app is built.
await build({
  ...options,
  entryPoints: ['src/index.ts'],
  outfile: 'dist/index.js',
  plugins: [loadLater],
});
