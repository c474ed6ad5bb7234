import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dograhDocument } from '../../../tools/contract/dograh-fixture';

const root = join(__dirname, '../../..');

interface Outcome {
  exitCode: number | string | null | undefined;
  printed: string;
}

function run(script: string, ...options: string[]): Promise<Outcome> {
  const parts = ['--import', 'tsx', join(root, 'tools/contract', script), ...options];
  return new Promise((resolve) => {
    execFile(process.execPath, parts, { cwd: root }, (error, stdout, stderr) => {
      resolve({ exitCode: error ? error.code : 0, printed: stdout + stderr });
    });
  });
}

function saved(document: unknown): string {
  const path = join(mkdtempSync(join(tmpdir(), 'contract-')), 'openapi.json');
  writeFileSync(path, JSON.stringify(document));
  return path;
}

describe('npm run contract', () => {
  it('exits with 0 and prints how much it has compared', async () => {
    const { exitCode, printed } = await run('main.ts', saved(dograhDocument()));
    expect(printed).toMatch(/^No difference in 29 routes and \d{3} fields\.\n$/);
    expect(exitCode).toBe(0);
  });

  it('exits with 1 and prints a line for each difference', async () => {
    const document = dograhDocument();
    document.components.schemas.TriggerCallResponse.properties['workflow_run_id'] = {
      type: 'string',
    };
    const { exitCode, printed } = await run('main.ts', saved(document));
    const problem = 'response field "workflow_run_id" is string now; we read integer';
    expect(printed.split('\n')).toEqual([
      `POST /api/v1/public/agent/{trigger}: ${problem}`,
      `POST /api/v1/public/agent/test/{trigger}: ${problem}`,
      `POST /api/v1/public/agent/workflow/{workflow_uuid}: ${problem}`,
      `POST /api/v1/public/agent/test/workflow/{workflow_uuid}: ${problem}`,
      '',
      'Differences that could break us: 4',
      '',
    ]);
    expect(exitCode).toBe(1);
  });

  it('exits with 2 if no document is given', async () => {
    const { exitCode, printed } = await run('main.ts');
    expect(printed).toMatch(/^Usage: npm run contract -- /);
    expect(exitCode).toBe(2);
  });

  it('exits with 2 if it cannot read the document', async () => {
    const { exitCode, printed } = await run('main.ts', '/no/such/file');
    expect(printed).toMatch(/^\/no\/such\/file cannot be read: ENOENT.*\n$/);
    expect(exitCode).toBe(2);
  });
});

describe('npm run contract:types', () => {
  it('exits with 0, because the generated types match the contract', async () => {
    expect(await run('generate-types.ts', '--check')).toEqual({ exitCode: 0, printed: '' });
  });

  it('exits with 1 and writes nothing if the contract has changed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'contract-'));
    const contract = readFileSync(join(root, 'shared/src/contract/openapi.yaml'), 'utf8');
    writeFileSync(join(folder, 'openapi.yaml'), contract.replaceAll('phone_number', 'phone'));
    writeFileSync(join(folder, 'types.gen.ts'), '// older\n');

    expect(await run('generate-types.ts', '--check', folder)).toEqual({
      exitCode: 1,
      printed: 'types.gen.ts does not match openapi.yaml. Run `npm run contract:types`.\n',
    });
    expect(readFileSync(join(folder, 'types.gen.ts'), 'utf8')).toBe('// older\n');
  });
});
