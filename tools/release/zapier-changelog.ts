/**
 * Prints the changelog of one version for `zapier-platform promote`, without entries that are only about n8n:
 * `npm run --silent release:zapier-notes -- 1.2.3 > zapier-app/CHANGELOG.md`.
 */
import { readFileSync } from 'node:fs';
import { notesForZapier, notesOf } from './changelog';

function main([version]: readonly string[]): void {
  if (version === undefined)
    throw new Error('Give the version: npm run release:zapier-notes -- 1.2.3');
  const notes = notesForZapier(notesOf(readFileSync('CHANGELOG.md', 'utf8'), version));
  console.log(`# Changelog\n\n## ${version}\n\n${notes}`);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
