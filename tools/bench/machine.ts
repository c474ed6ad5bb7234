import { readFileSync } from 'node:fs';
import { cpus, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { N8N_DIR } from '../n8n-server/install-n8n';

/** The machine and the versions of the measurement. */
export function describeMachine(): string[] {
  const [cpu] = cpus();
  return [
    `${cpu?.model.trim() ?? 'An unknown processor'}, ${cpus().length} cores, ${(totalmem() / 2 ** 30).toFixed(0)} GiB of memory, ${systemName()}`,
    [
      `Node ${process.version}`,
      ...MEASURED_WITH.map((name) => `${name} ${versionOf(ROOT, name)}`),
      `n8n-nodes-base ${versionOf(N8N_DIR, 'n8n-nodes-base')}`,
    ].join(', '),
    `Measured on ${new Date().toISOString().slice(0, 10)}, over loopback; the simulated Dograh has its own process`,
  ];
}

const ROOT = join(__dirname, '../..');
const MEASURED_WITH = ['n8n-core', 'axios', 'zapier-platform-core'];

function versionOf(installation: string, name: string): string {
  const manifest = join(installation, 'node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version;
}

function systemName(): string {
  try {
    const release = readFileSync('/etc/os-release', 'utf8');
    return /^PRETTY_NAME="?([^"\n]+)/m.exec(release)?.[1] ?? type();
  } catch {
    return type();
  }
}
