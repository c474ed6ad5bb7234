/**
 * `npm run bench` measures what a user can notice and writes docs/benchmarks.md.
 * `-- --only <words>` measures the benchmarks with these words in their name and writes no page.
 * `-- --details` also prints how each figure was measured.
 * Exit code 1 means that something could not be measured. A missed goal is no failure, because times depend on the
 * machine.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { format } from 'prettier';
import { installN8n } from '../n8n-server/install-n8n';
import { ensureBuilt } from '../support/ensure-built';
import { callingRules } from './calling-rules';
import { callsBesideAxios, callsBesideHttpRequest } from './calls-per-second';
import { campaignLaunch } from './campaign-launch';
import { concurrencyLimit } from './concurrency-limit';
import { judge, type Benchmark } from './figure';
import { growth } from './growth';
import { describeMachine } from './machine';
import { resultLatency } from './result-latency';
import { sharedOverhead } from './shared-overhead';
import { formatPage, formatTable, type Section } from './table';
import { n8nWeight } from './n8n-weight';
import { zapierColdImport } from './zapier-cold-import';
import { zapierZipSize } from './zapier-zip-size';

const BENCHMARKS: readonly Benchmark[] = [
  callsBesideHttpRequest,
  callsBesideAxios,
  concurrencyLimit,
  growth,
  sharedOverhead,
  resultLatency,
  callingRules,
  campaignLaunch,
  n8nWeight,
  zapierColdImport,
  zapierZipSize,
];
const PAGE = join(__dirname, '../../docs/benchmarks.md');

/** Prints to stderr, because stdout gets only the table. */
const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

async function main(): Promise<void> {
  const { wanted, details } = readOptions();
  ensureBuilt(say);
  await installN8n(say);
  const sections: Section[] = [];
  for (const { name, about, measure } of wanted) {
    say(`Measuring ${name} …`);
    try {
      sections.push({ name, about, figures: (await measure()).map(judge) });
    } catch (error) {
      fail(`${name} could not be measured`, error);
    }
  }
  if (sections.length > 0) process.stdout.write(`\n${formatTable(sections, details)}`);
  if (sections.length === BENCHMARKS.length) {
    const page = formatPage(sections, describeMachine());
    await writeFile(PAGE, await format(page, { parser: 'markdown' }));
  }
}

function readOptions(): { readonly wanted: readonly Benchmark[]; readonly details: boolean } {
  const { only = '', details = false } = parseArgs({
    options: { only: { type: 'string' }, details: { type: 'boolean' } },
  }).values;
  const wanted = BENCHMARKS.filter(({ name }) => name.toLowerCase().includes(only.toLowerCase()));
  if (wanted.length > 0) return { wanted, details };
  const names = BENCHMARKS.map(({ name }) => `\n  ${name}`).join('');
  throw new Error(`There is no benchmark "${only}". Choose words of one of these:${names}`);
}

function fail(what: string, error: unknown): void {
  say(`✗ ${what}: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}

main().catch((error: unknown) => {
  fail('The benchmarks failed', error);
});
