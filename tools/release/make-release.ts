import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { notesOf, releaseUnreleased } from './changelog';
import { commonVersion, writeVersion } from './packages';
import { compareVersions, isStep, isVersion, nextVersion } from './version';

const BRANCH = 'main';
const CHANGELOG = 'CHANGELOG.md';

export interface ReleaseOrder {
  /** The work tree to release. */
  readonly root: string;
  /** `major`, `minor`, `patch`, or the version itself. */
  readonly wanted: string;
  /** For example 2026-01-31. */
  readonly date: string;
  /** Print the steps and change nothing. */
  readonly dryRun: boolean;
  /** Build, test and lint before the first change. */
  readonly verify: boolean;
  readonly say: (line: string) => void;
}

/**
 * Sets the version, dates the changelog, commits and tags. Pushes nothing, because a pushed tag starts both
 * publications.
 * @returns the version
 */
export function makeRelease({ root, wanted, date, dryRun, verify, say }: ReleaseOrder): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: root, encoding: 'utf8' }).trim();

  const current = commonVersion(root);
  const version = nextVersion(current, wanted);
  const tag = `v${version}`;
  assertReleasable(git, { wanted, version, current });
  const changelog = releaseUnreleased(readText(root), version, date);

  say(`${current} → ${version}, ${tag}\n\n${notesOf(changelog, version)}\n`);
  if (verify) runChecks(root);
  if (dryRun) {
    say('Dry run: nothing was changed.');
    return version;
  }
  const files = writeVersion(root, version);
  writeFileSync(join(root, CHANGELOG), changelog);
  git('add', CHANGELOG, ...files);
  git('commit', '--quiet', '--message', `Release ${version}`);
  git('tag', '--annotate', tag, '--message', `Version ${version}`);
  say(`Committed and tagged on this machine. To start both publications, push the tag. They wait for approval:

  git push --atomic origin ${BRANCH} ${tag}

To undo the release before that:

  git tag --delete ${tag} && git reset --hard HEAD~1`);
  return version;
}

function assertReleasable(
  git: (...args: string[]) => string,
  { wanted, version, current }: { wanted: string; version: string; current: string },
): void {
  const branch = git('branch', '--show-current');
  if (branch !== BRANCH) {
    throw new Error(`A release needs the branch ${BRANCH}, but this is ${branch || 'no branch'}.`);
  }
  const changed = git('status', '--porcelain');
  if (changed !== '') throw new Error(`The work tree is not clean:\n${changed}`);
  const released = git('tag', '--list', 'v*')
    .split('\n')
    .map((name) => name.slice(1))
    .filter(isVersion);
  if (released.includes(version)) throw new Error(`The tag v${version} exists.`);
  // A step would skip a version that documents name and that was never published.
  if (isStep(wanted) && !released.includes(current)) {
    throw new Error(
      `There is no tag v${current}, so ${current} was never released, and ${wanted} would skip it. Release it first:

  npm run release -- ${current}

If it was released, fetch its tag: git fetch --tags`,
    );
  }
  // The packages' own version may be released, because it is unpublished before the first release.
  const highest = [current, ...released].sort(compareVersions).at(-1) ?? current;
  if (compareVersions(version, highest) < 0) {
    throw new Error(`${version} is lower than ${highest}.`);
  }
}

function runChecks(root: string): void {
  for (const args of [['test'], ['run', 'lint'], ['run', 'zapier:check']]) {
    const { status } = spawnSync('npm', ['--silent', ...args], { cwd: root, stdio: 'inherit' });
    if (status !== 0) throw new Error(`"npm ${args.join(' ')}" did not pass.`);
  }
}

function readText(root: string): string {
  return readFileSync(join(root, CHANGELOG), 'utf8');
}
