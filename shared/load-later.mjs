/** The used exports of packages that few steps need. The build of a host fails if another export is used. */
const USED = {
  'libphonenumber-js/max': [
    'getCountryCallingCode',
    'isSupportedCountry',
    'parsePhoneNumberFromString',
    'validatePhoneNumberLength',
  ],
  'jsonc-parser': ['parse', 'printParseErrorCode', 'visit'],
  'ipaddr.js': ['default'],
};

/** The build for engines since 2017. Without its tables, it is nearly a third smaller. */
const MODERN = { 'libphonenumber-js/max': 'libphonenumber-js/max/es6' };

/** Options for esbuild: one file per package. */
export function filesOf(paths) {
  return paths.map((path) => ({
    stdin: {
      contents: `export { ${USED[path]} } from '${MODERN[path] ?? path}';`,
      resolveDir: import.meta.dirname,
    },
    outfile: `dist/${fileOf(path)}`,
  }));
}

/** Replaces the packages by code that loads their files at the first call. */
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
  return `${path.replace(/\/.*|\.js$/g, '')}.js`;
}
