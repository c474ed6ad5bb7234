import tseslint from 'typescript-eslint';

/** Globals that n8n forbids in community packages. `shared` is bundled into one. */
const hostGlobals = [
  'process',
  'global',
  'globalThis',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'clearImmediate',
  '__dirname',
  '__filename',
  'console',
  'window',
  'document',
  'fetch',
];

/** The rules for all code except the n8n package, which must use n8n's own rules. */
export const strict = tseslint.config(
  { ignores: ['**/dist/**', '**/build/**', '**/*.gen.ts', '**/*.mjs'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      // Brackets show an index signature. So a typo in a known name is still an error.
      '@typescript-eslint/dot-notation': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
    },
  },
  {
    files: ['**/test/**/*.ts', '**/*.test.ts'],
    // Jest's asymmetric matchers are typed `any`.
    rules: { '@typescript-eslint/no-unsafe-assignment': 'off' },
  },
);

export default tseslint.config(...strict, {
  files: ['src/**/*.ts'],
  ignores: ['**/axios-transport.ts', '**/system-clock.ts'],
  rules: {
    'no-restricted-globals': ['error', ...hostGlobals],
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: ['node:*', 'axios', 'n8n-*', 'zapier-*'],
            message: 'Reach it through a port.',
          },
        ],
      },
    ],
  },
});
