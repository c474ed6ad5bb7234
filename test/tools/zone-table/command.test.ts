import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const TABLE = join(root, 'shared/src/calling-rules/zone-table.gen.ts');

describe('npm run zone-table', () => {
  it('with --check, exits with 0, because the table matches its data', async () => {
    expect(await run('--check')).toEqual({ exitCode: 0, printed: '' });
  });

  it('with --check, exits with 1 and writes nothing if a line of the table is another one', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'zone-table-')), 'table.ts');
    const changed = readFileSync(TABLE, 'utf8').replace('Africa/Cairo 20', 'Africa/Cairo 21');
    writeFileSync(file, changed);

    expect(await run('--check', file)).toEqual({
      exitCode: 1,
      printed: 'zone-table.gen.ts does not match its data. Run `npm run zone-table`.\n',
    });
    expect(readFileSync(file, 'utf8')).toBe(changed);
  });

  it('writes the table', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'zone-table-')), 'table.ts');

    expect(await run(file)).toEqual({ exitCode: 0, printed: '' });
    expect(readFileSync(file, 'utf8')).toBe(readFileSync(TABLE, 'utf8'));
  });
});

interface Outcome {
  exitCode: number | string | null | undefined;
  printed: string;
}

function run(...options: string[]): Promise<Outcome> {
  const parts = ['--import', 'tsx', join(root, 'tools/zone-table/main.ts'), ...options];
  return new Promise((resolve) => {
    execFile(process.execPath, parts, { cwd: root }, (error, stdout, stderr) => {
      resolve({ exitCode: error ? error.code : 0, printed: stdout + stderr });
    });
  });
}
