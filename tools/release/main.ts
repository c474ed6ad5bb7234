/** Makes a release of both packages, here only: `npm run release -- <major|minor|patch|x.y.z> [--dry-run] [--verify]`. */
import { parseArgs } from 'node:util';
import { makeRelease } from './make-release';

const USAGE = 'npm run release -- <major|minor|patch|x.y.z> [--dry-run] [--verify]';
const HELP = `Makes a release of both packages, here only: sets the version, dates the changelog, commits and tags.

  ${USAGE}

  major, minor, patch   the version that follows that of the packages
  x.y.z                 this version; for the first release that of the packages
  --dry-run             tells what would be done, and changes nothing
  --verify              builds, tests, lints and asks Zapier's command line first: about 8 minutes
  --help                this text`;

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
  if (wanted === undefined || more.length > 0) throw new Error(`Say what to release: ${USAGE}`);
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
