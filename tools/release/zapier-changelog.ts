/**
 * Prints the changelog that `zapier-platform promote` looks for in the folder of the app, for one version and without
 * what only concerns n8n: `npm run --silent release:zapier-notes -- 1.2.3 > zapier-app/CHANGELOG.md`.
 */
import { readFileSync } from 'node:fs';
import { notesForZapier, notesOf } from './changelog';

function main([version]: readonly string[]): void {
  if (version === undefined) throw new Error('Say of which version.');
  const notes = notesForZapier(notesOf(readFileSync('CHANGELOG.md', 'utf8'), version));
  console.log(`# Changelog\n\n## ${version}\n\n${notes}`);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
