/** Exits with 1 unless a tag is the version of every package: `npm run release:check -- v1.2.3`. */
import { commonVersion } from './packages';

function main([tag]: readonly string[]): void {
  const version = commonVersion(process.cwd());
  if (tag !== `v${version}`) {
    throw new Error(
      `The tag is ${tag ?? 'missing'}, but the packages have the version ${version}.`,
    );
  }
  console.log(`${tag} is the version of every package.`);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
