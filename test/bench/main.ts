/**
 * Measures what a user can notice beside what could be had instead: `npm run bench`. A goal that is missed shows in the
 * table and no more, for times depend on the machine; exit code 1 is for what could not be measured.
 */
import { ensureBuilt } from '../ensure-built';
import { judge, type Benchmark, type Judged } from './figure';
import { formatTable } from './table';
import { zapierColdImport } from './zapier-cold-import';
import { zapierZipSize } from './zapier-zip-size';

const BENCHMARKS: readonly Benchmark[] = [zapierColdImport, zapierZipSize];

/** Apart from the table, which alone goes to stdout. */
const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

async function main(): Promise<void> {
  ensureBuilt(say);
  const figures: Judged[] = [];
  for (const { name, measure } of BENCHMARKS) {
    say(`Measuring ${name} …`);
    try {
      figures.push(...(await measure()).map(judge));
    } catch (error) {
      fail(`${name} could not be measured`, error);
    }
  }
  if (figures.length > 0) process.stdout.write(`\n${formatTable(figures)}`);
}

function fail(what: string, error: unknown): void {
  say(`✗ ${what}: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

main().catch((error: unknown) => {
  fail('There is no table', error);
});
