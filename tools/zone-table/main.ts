/**
 * Writes the table of time zones (`npm run zone-table`). With `--check` it writes nothing, and exits with 1 if the
 * file is out of date. A file as a further argument replaces `shared/src/calling-rules/zone-table.gen.ts`.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { zoneTableCode } from './zone-table';

const tableFile = join(__dirname, '../../shared/src/calling-rules/zone-table.gen.ts');

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { check: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [file = tableFile] = positionals;
  const wanted = await zoneTableCode();
  if (!values.check) {
    await writeFile(file, wanted);
    return 0;
  }
  const present = await readFile(file, 'utf8').catch(() => '');
  if (present === wanted) return 0;
  console.error('zone-table.gen.ts does not match its data. Run `npm run zone-table`.');
  return 1;
}

main().then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    console.error(`The table could not be generated: ${String(error)}`);
    process.exitCode = 2;
  },
);
