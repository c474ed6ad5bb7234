/** The folders of `shared/src`, lowest first. A folder imports from its own row and from the rows before it. */
const layers = [
  ['errors', 'contract'],
  ['input'],
  ['transport'],
  ['connection'],
  ['variables'],
  ['agents', 'runs', 'telephony'],
  ['finished-runs', 'calling-rules'],
  ['place-call'],
  ['campaigns'],
];

const folder = (names) => `^shared/src/(${names.join('|')})/`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Files that need each other are one file, or need a third one.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-circular-folders',
      comment:
        'Two folders that need each other are in the wrong order, or a file is in the wrong folder. ' +
        'Agents, runs and telephony may need each other, because they are in one layer.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^shared/src/[^/]+$', pathNot: '/(agents|runs|telephony)$' },
      to: { circular: true, path: '^shared/src/[^/]+$' },
    },
    {
      name: 'shared-knows-no-host',
      comment: 'The shared client is the same in every host.',
      severity: 'error',
      from: { path: '^shared/' },
      to: { path: ['^n8n-node/', '^zapier-app/', 'node_modules/(n8n-|@n8n/|zapier-)'] },
    },
    {
      name: 'hosts-know-no-other-host',
      severity: 'error',
      from: { path: '^(n8n-node|zapier-app)/' },
      to: { path: '^(n8n-node|zapier-app)/', pathNot: '^$1/' },
    },
    {
      name: 'hosts-use-the-public-interface',
      comment: 'Hosts import @dograh/shared, not its files.',
      severity: 'error',
      from: { path: '^(n8n-node|zapier-app)/' },
      to: { path: '^shared/src/', pathNot: '^shared/src/(index|transport/[^/]+)\\.ts$' },
    },
    {
      name: 'products-do-not-use-tools-or-tests',
      severity: 'error',
      from: { path: '^(shared|n8n-node|zapier-app)/' },
      to: { path: '^(tools|test)/' },
    },
    {
      name: 'tools-do-not-use-tests',
      severity: 'error',
      from: { path: '^tools/' },
      to: { path: '^test/' },
    },
    ...layers.map((names, height) => ({
      name: `${names.join('-')}-imports-lower-layers`,
      comment: 'Arrows point down. The order of the layers is in .dependency-cruiser.mjs.',
      severity: 'error',
      from: { path: folder(names) },
      to: { path: '^shared/src/', pathNot: folder(layers.slice(0, height + 1).flat()) },
    })),
    {
      name: 'client-is-above-all-folders',
      severity: 'error',
      from: { path: '^shared/src/client\\.ts$' },
      to: { path: '^shared/src/index\\.ts$' },
    },
    {
      name: 'folder-without-a-layer',
      comment: 'Add a new folder to the layers in .dependency-cruiser.mjs.',
      severity: 'error',
      from: {
        path: '^shared/src/',
        pathNot: [folder(layers.flat()), '^shared/src/(client|index)\\.ts$'],
      },
      to: {},
    },
    {
      name: 'not-to-unresolvable',
      comment: 'A file that cannot be found cannot be checked.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // Imports of types count, too.
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', '^test/'] },
    exclude: { path: ['/dist/'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'types', 'import', 'require', 'node', 'default'],
    },
  },
};
