/**
 * Compares our contract with the OpenAPI document of a Dograh: `npm run contract -- <file or URL>`.
 * Exits with 0 if no difference could break our client. Exits with 1 and one line per difference otherwise.
 * Exits with 2 if it could not compare.
 */
import { compareWithOurs } from './compare-with-ours';

async function main(sources: string[]): Promise<number> {
  const [source, ...more] = sources;
  if (source === undefined || source.startsWith('-') || more.length > 0) {
    console.error('Usage: npm run contract -- <file or URL of an OpenAPI document, JSON or YAML>');
    return 2;
  }
  const { differences, size } = await compareWithOurs(source);
  for (const difference of differences) console.log(difference);
  if (differences.length > 0) {
    console.log(`\nDifferences that could break us: ${String(differences.length)}`);
    return 1;
  }
  console.log(`No difference in ${size}.`);
  return 0;
}

main(process.argv.slice(2)).then(
  (exitCode) => {
    process.exitCode = exitCode;
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  },
);
