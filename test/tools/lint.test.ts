import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '../..');

describe('the lint of prose', () => {
  it('reports a sentence of more than 25 words, and an opener that we do not use', () => {
    const page = [
      `${'word '.repeat(24)}word.`,
      '',
      `${'word '.repeat(25)}word.`,
      '',
      'word '.repeat(13),
      `${'word '.repeat(12)}word.`,
      '',
      'It rings. Hence it works.',
    ];
    expect(rulesBroken(page.join('\n'))).toEqual([
      '3: sentence-length',
      '5: sentence-length',
      '8: prh',
    ]);
  });

  function rulesBroken(page: string): string[] {
    const { stdout } = spawnSync(
      process.execPath,
      [
        join(ROOT, 'node_modules/textlint/bin/textlint.js'),
        ...['--stdin', '--stdin-filename', 'page.md', '--format', 'json'],
      ],
      { cwd: ROOT, encoding: 'utf8', input: page },
    );
    const report = JSON.parse(stdout) as { messages: { line: number; ruleId: string }[] }[];
    return report.flatMap(({ messages }) =>
      messages.map(({ line, ruleId }) => `${line}: ${ruleId}`),
    );
  }
});

describe('the lint of dependencies', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'dependencies-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('reports a cycle, an import of a higher layer, and an import of a host', () => {
    write(
      'shared/src/errors/quote.ts',
      "import type { Id } from '../input/id';\nexport type Q = Id;",
    );
    write(
      'shared/src/input/id.ts',
      "import type { Q } from '../errors/quote';\nexport type Id = Q;",
    );
    write('shared/src/runs/outcome.ts', "export { host } from '../../../zapier-app/src/index';");
    write('zapier-app/src/index.ts', 'export const host = 1;');

    expect(violations()).toEqual([
      'errors-contract-imports-lower-layers: shared/src/errors/quote.ts',
      'no-circular-folders: shared/src/errors',
      'no-circular-folders: shared/src/input',
      'no-circular: shared/src/errors/quote.ts',
      'shared-knows-no-host: shared/src/runs/outcome.ts',
    ]);
  });

  function write(file: string, text: string): void {
    mkdirSync(join(folder, dirname(file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }

  function violations(): string[] {
    const { stdout } = spawnSync(
      process.execPath,
      [
        join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
        ...['--config', join(ROOT, '.dependency-cruiser.mjs'), '--output-type', 'json'],
        ...['shared/src', 'zapier-app/src'],
      ],
      { cwd: folder, encoding: 'utf8' },
    );
    const report = JSON.parse(stdout) as {
      summary: { violations: { rule: { name: string }; from: string }[] };
    };
    return report.summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`).sort();
  }
});
