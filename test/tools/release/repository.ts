import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const ROOT = join(__dirname, '../../..');
const FILES = [
  'package.json',
  'package-lock.json',
  'shared/package.json',
  'n8n-node/package.json',
  'zapier-app/package.json',
];

export const CHANGELOG = `# Changelog

What users can notice.

## Unreleased

### Added

- n8n: a node
  with a long description.
- n8n waits, while Zapier tries again later.
- Both: phone numbers are checked.
- Zapier: an app.
`;

export interface Repository {
  readonly root: string;
  readonly git: (...args: string[]) => string;
  readonly read: (file: string) => string;
  readonly write: (file: string, content: string) => void;
}

/** A repository of its own on main, with the packages as they are here, and a changelog. */
export function newRepository(changelog = CHANGELOG): Repository {
  const root = mkdtempSync(join(tmpdir(), 'dograh-release-'));
  const repository: Repository = {
    root,
    git: (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim(),
    read: (file) => readFileSync(join(root, file), 'utf8'),
    write: (file, content) => {
      writeFileSync(join(root, file), content);
    },
  };
  for (const file of FILES) cpSync(join(ROOT, file), join(root, file));
  repository.write('CHANGELOG.md', changelog);
  repository.git('init', '--quiet', '--initial-branch', 'main');
  for (const [key, value] of [
    ['user.name', 'A maintainer'],
    ['user.email', 'maintainer@example.com'],
    // The user's own git may sign by default.
    ['commit.gpgSign', 'false'],
    ['tag.gpgSign', 'false'],
  ] as const) {
    repository.git('config', key, value);
  }
  repository.git('add', '.');
  repository.git('commit', '--quiet', '--message', 'Begin');
  return repository;
}
