/** Makes a release of both packages on this machine. Options: `npm run release -- --help`. */
import { parseArgs } from 'node:util';
import { makeRelease } from './make-release';

const USAGE = 'npm run release -- <major|minor|patch|x.y.z> [--dry-run] [--verify]';
const HELP = `Makes a release of both packages on this machine: sets the version, dates the changelog, commits and tags.

  ${USAGE}

  major, minor, patch   the next version after that of the packages
  x.y.z                 this version. For the first release, the version of the packages
  --dry-run             prints the steps and changes nothing
  --verify              first builds, tests, lints and runs Zapier's command line: about 8 minutes
  --help                prints this text`;

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      verify: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const [wanted, ...more] = positionals;
  if (wanted === undefined || more.length > 0)
    throw new Error(`Give one version to release: ${USAGE}`);
  makeRelease({
    root: process.cwd(),
    wanted,
    date: new Date().toISOString().slice(0, 10),
    dryRun: values['dry-run'],
    verify: values.verify,
    say: (line) => {
      console.log(line);
    },
  });
}

try {
  main();
} catch (error) {
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
