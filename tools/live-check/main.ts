/**
 * Checks a Dograh of your own: `npm run check:dograh -- --base-url URL [--call +NUMBER --agent NAME]`.
 * Exits with 0 if nothing differs from what our client expects. Exits with 1 if something does, and with 2 if it
 * could not check.
 */
import { checkDograh } from './check-dograh';
import { HELP, readOptions } from './options';

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === undefined) {
    console.log(HELP);
    return 0;
  }
  const worksAll = await checkDograh(options, (line) => {
    console.log(line);
  });
  return worksAll ? 0 : 1;
}

main().then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  },
);
