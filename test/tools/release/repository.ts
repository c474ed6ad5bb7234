import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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

let template: string | undefined;

afterAll(() => {
  if (template !== undefined) rmSync(template, { recursive: true, force: true });
});

/** A new repository on main with this repository's package files and a changelog. */
export function newRepository(): Repository {
  template ??= makeTemplate();
  const root = newFolder();
  cpSync(template, root, { recursive: true, preserveTimestamps: true });
  return repositoryIn(root);
}

/** Created once, because it needs many runs of git. */
function makeTemplate(): string {
  const root = newFolder();
  const { git, write } = repositoryIn(root);
  for (const file of FILES) cpSync(join(ROOT, file), join(root, file));
  write('CHANGELOG.md', CHANGELOG);
  git('init', '--quiet', '--initial-branch', 'main');
  for (const [key, value] of [
    ['user.name', 'A maintainer'],
    ['user.email', 'maintainer@example.com'],
    // The user's git may sign by default.
    ['commit.gpgSign', 'false'],
    ['tag.gpgSign', 'false'],
  ] as const) {
    git('config', key, value);
  }
  git('add', '.');
  git('commit', '--quiet', '--message', 'Begin');
  return root;
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'dograh-release-'));
}

function repositoryIn(root: string): Repository {
  return {
    root,
    git: (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim(),
    read: (file) => readFileSync(join(root, file), 'utf8'),
    write: (file, content) => {
      writeFileSync(join(root, file), content);
    },
  };
}
