import manifest from '../../package.json' with { type: 'json' };

/** Tests in a real n8n. One file at a time, because each file starts its own n8n. */
export default {
  ...manifest.jest,
  rootDir: '../..',
  roots: ['<rootDir>/test/e2e'],
  testMatch: ['**/*.e2e.ts'],
  maxWorkers: 1,
  testTimeout: 180_000,
};
