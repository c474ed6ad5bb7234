// Import this before any module of n8n, because n8n reads these variables when it is loaded.
import { join } from 'node:path';

process.env['N8N_LOG_LEVEL'] ??= 'silent';

// n8n writes a configuration file. A folder of its own keeps it away from the configuration of the user. Each worker
// has its own folder, because two processes must not create the file at the same time.
const worker = process.env['JEST_WORKER_ID'] ?? 'alone';
process.env['N8N_USER_FOLDER'] = join(
  __dirname,
  `../../../node_modules/.cache/n8n-engine-${worker}`,
);
