/** What is used of the packages that few steps need. The build of a host fails where something else is. */
const USED = {
  'libphonenumber-js/min': [
    'isSupportedCountry',
    'parsePhoneNumberFromString',
    'validatePhoneNumberLength',
  ],
  'jsonc-parser': ['parse', 'printParseErrorCode'],
  'ipaddr.js': ['default'],
};

/** The same code for engines since 2017: what older ones need is nearly a third of it, apart from the tables. */
const MODERN = { 'libphonenumber-js/min': 'libphonenumber-js/min/es6' };

/** Options for esbuild: each of the packages in a file of its own. */
export function filesOf(paths) {
  return paths.map((path) => ({
    stdin: {
      contents: `export { ${USED[path]} } from '${MODERN[path] ?? path}';`,
      resolveDir: import.meta.dirname,
    },
    outfile: `dist/${fileOf(path)}`,
  }));
}

/** Puts what loads these files at the first call into a package in the package's place. */
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

/** A function, or by the name `default` an object of functions. */
function standIn(name, real) {
  return name === 'default'
    ? `export default new Proxy({}, { get: (_, key) => ${real}[key] });`
    : `export const ${name} = (...given) => ${real}(...given);`;
}

function fileOf(path) {
  return `${path.replace(/\/.*|\.js$/g, '')}.js`;
}
