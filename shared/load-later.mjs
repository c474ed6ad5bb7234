/**
 * The used exports of packages, and of our own files, that few steps need.
 * The build of a host fails if another export is used.
 */
const USED = {
  'libphonenumber-js/max': [
    'getCountryCallingCode',
    'isSupportedCountry',
    'parsePhoneNumberFromString',
    'validatePhoneNumberLength',
  ],
  'csv-parse/sync': ['parse'],
  'jsonc-parser': ['parse', 'printParseErrorCode', 'visit'],
  'ipaddr.js': ['default'],
  './zone-table': ['isKnownZone', 'zonesOfPrefix'],
};

/** What is bundled, if it is not found by the name in the import. */
const SOURCE = {
  // The build for engines since 2017. Without its tables, it is nearly a third smaller.
  'libphonenumber-js/max': 'libphonenumber-js/max/es6',
  './zone-table': './src/calling-rules/zone-table',
};

/** Options for esbuild: one file for each of them. */
export function filesOf(paths) {
  return paths.map((path) => ({
    stdin: {
      contents: `export { ${USED[path]} } from '${SOURCE[path] ?? path}';`,
      resolveDir: import.meta.dirname,
    },
    outfile: `dist/${fileOf(path)}`,
  }));
}

/** Replaces them by code that loads their files at the first call. @param paths as they are imported */
export function loadLater(paths) {
  return {
    name: 'load-later',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /./ }, ({ path, namespace }) => {
        if (namespace === 'later') return { path, external: true };
        return paths.includes(path) ? { path, namespace: 'later' } : undefined;
      });
      onLoad({ filter: /./, namespace: 'later' }, ({ path }) => ({
        contents: USED[path]
          .map((name) => standIn(name, `require('./${fileOf(path)}').${name}`))
          .join('\n'),
      }));
    },
  };
}

/** A function or, if the name is `default`, an object of functions. */
function standIn(name, real) {
  return name === 'default'
    ? `export default new Proxy({}, { get: (_, key) => ${real}[key] });`
    : `export const ${name} = (...given) => ${real}(...given);`;
}

function fileOf(path) {
  return `${path.replace(/^\.\/|(?<=\w)\/.*|\.js$/g, '')}.js`;
}
