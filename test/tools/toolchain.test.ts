import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

describe('the toolchain', () => {
  it('runs every script on the Node version that n8n needs, even if another one is installed', () => {
    expect(process.version).toMatch(/^v24\./);
    const inScript = execFileSync('npm', ['exec', '-c', 'node --version'], { cwd: ROOT });
    expect(inScript.toString()).toMatch(/^v24\./);
  });
});
