/** Soak tests: many random calls or executions, and a count of what went wrong. See the usage text. */
import { ensureBuilt } from '../support/ensure-built';
import { soakAgents } from './agents/soak-agents';
import { parseOptions } from './options';
import { placeCalls } from './place-calls';

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  ensureBuilt((line) => {
    process.stdout.write(`${line}\n`);
  });
  return options.kind === 'agents' ? soakAgents(options) : placeCalls(options);
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);
