import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');

describe('the toolchain of design 10', () => {
  it('runs every script on the Node that n8n needs, whatever Node is installed', () => {
    expect(process.version).toMatch(/^v24\./);
    const inScript = execFileSync('npm', ['exec', '-c', 'node --version'], { cwd: ROOT });
    expect(inScript.toString()).toMatch(/^v24\./);
  });
});
