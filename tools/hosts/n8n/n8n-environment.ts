// n8n reads these when it is loaded, so this module must be imported before any of n8n's.
import { join } from 'node:path';

process.env['N8N_LOG_LEVEL'] ??= 'silent';

// n8n writes a configuration of its own, and must not touch that of the person who runs this. Each worker has
// one, for n8n does not expect two of itself to make it at once.
const worker = process.env['JEST_WORKER_ID'] ?? 'alone';
process.env['N8N_USER_FOLDER'] = join(
  __dirname,
  `../../../node_modules/.cache/n8n-engine-${worker}`,
);
