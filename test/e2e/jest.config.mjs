import manifest from '../../package.json' with { type: 'json' };

/** What runs inside the real hosts: one file after the other, for each has an n8n of its own. */
export default {
  ...manifest.jest,
  rootDir: '../..',
  roots: ['<rootDir>/test/e2e'],
  testMatch: ['**/*.e2e.ts'],
  maxWorkers: 1,
  testTimeout: 180_000,
};
