import tseslint from 'typescript-eslint';

/** What n8n's community packages may not touch; `shared` is bundled into one. */
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

/** For everything that is not n8n's own, and so has no rules of its own. */
export const strict = tseslint.config(
  { ignores: ['**/dist/**', '**/build/**', '**/*.gen.ts', '**/*.mjs'] },
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      // Index signatures are read with brackets, so that a typing slip in a known name is still found.
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
