import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeRelease } from '../../../tools/release/make-release';
import { commonVersion, statedVersions } from '../../../tools/release/packages';
import { compareVersions, nextVersion } from '../../../tools/release/version';
import { CHANGELOG, newRepository, ROOT, type Repository } from './repository';

const run = promisify(execFile);

describe('npm run release', () => {
  let repository: Repository;
  let said: string[];
  let current: string;

  beforeEach(() => {
    repository = newRepository();
    said = [];
    current = commonVersion(repository.root);
    repository.git('tag', `v${current}`);
  });

  afterEach(() => {
    rmSync(repository.root, { recursive: true, force: true });
  });

  it('gives all packages one version, dates the changelog, commits and tags', () => {
    const version = release('minor');

    expect(version).toBe(nextVersion(current, 'minor'));
    expect(new Set(statedVersions(repository.root).values())).toEqual(new Set([version]));
    expect(repository.read('CHANGELOG.md')).toBe(
      CHANGELOG.replace('## Unreleased', `## Unreleased\n\n## ${version} - 2026-02-03`),
    );
    expect(repository.git('log', '--format=%s', '-1')).toBe(`Release ${version}`);
    expect(repository.git('rev-parse', `v${version}^{commit}`)).toBe(
      repository.git('rev-parse', 'HEAD'),
    );
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  it('changes only versions in the files of npm', () => {
    release('patch');

    const changed = repository.git('diff', '--unified=0', 'HEAD~1', '--', '*.json').split('\n');
    const lines = changed.filter((line) => /^[+-] /.test(line));
    expect(lines).toHaveLength(2 * statedVersions(repository.root).size);
    expect(lines.every((line) => /"(version|@dograh\/shared)": "/.test(line))).toBe(true);
  });

  it('pushes nothing, and prints the command for it', () => {
    repository.git('remote', 'add', 'origin', '/nowhere');
    const version = release('major');

    expect(said.join('\n')).toContain(`git push --atomic origin main v${version}`);
  });

  it('accepts the version itself', () => {
    expect(release('7.0.1')).toBe('7.0.1');
  });

  describe('before the first release', () => {
    beforeEach(() => {
      repository.git('tag', '--delete', `v${current}`);
    });

    it('releases the version that the packages already have', () => {
      expect(release(current)).toBe(current);
      expect(repository.git('tag')).toBe(`v${current}`);
    });

    it.each(['major', 'minor', 'patch'])('refuses %s, which would skip that version', (step) => {
      const before = stateOf(repository);
      expect(() => release(step, { dryRun: true })).toThrow(
        `There is no tag v${current}, so ${current} was never released`,
      );
      expect(() => release(step)).toThrow(`npm run release -- ${current}\n`);
      expect(stateOf(repository)).toEqual(before);
    });
  });

  it('only prints the steps in a dry run', () => {
    const before = stateOf(repository);
    const version = release('minor', { dryRun: true });

    expect(said.join('\n')).toContain(`${current} → ${version}, v${version}`);
    expect(said.join('\n')).toContain('- Zapier: an app.');
    expect(stateOf(repository)).toEqual(before);
  });

  describe('refuses without a change', () => {
    it('a work tree that is not clean', () => {
      repository.write('note.txt', 'not committed');
      refused('patch', /not clean:\n\?\? note\.txt/);
    });

    it('a branch other than main', () => {
      repository.git('switch', '--quiet', '--create', 'feature');
      refused('patch', /needs the branch main, but this is feature/);
    });

    it('a detached HEAD', () => {
      repository.git('switch', '--quiet', '--detach');
      refused('patch', /needs the branch main, but this is no branch/);
    });

    it('a changelog without new entries', () => {
      release('minor');
      refused('minor', /nothing under "Unreleased"/);
    });

    it('a changelog without the heading Unreleased', () => {
      repository.write('CHANGELOG.md', '# Changelog\n');
      repository.git('commit', '--quiet', '--all', '--message', 'Lose it');
      refused('minor', /no heading "## Unreleased"/);
    });

    it('a version that is lower than that of the packages', () => {
      refused('0.0.1', /0\.0\.1 is lower than/);
    });

    it('a version that is lower than a released one', () => {
      repository.git('tag', 'v10.0.0');
      refused('9.1.0', /9\.1\.0 is lower than 10\.0\.0/);
    });

    it('a version whose tag exists', () => {
      repository.git('tag', 'v10.0.0');
      refused('10.0.0', /tag v10\.0\.0 exists/);
    });

    it.each(['latest', '1.2', 'v1.2.3', '1.2.3-rc.1', '01.2.3', ''])('"%s"', (wanted) => {
      refused(wanted, /must be one of major, minor, patch, or a version/);
    });

    it('packages with different versions', () => {
      const shared = repository.read('shared/package.json');
      repository.write('shared/package.json', shared.replace(`"${current}"`, '"9.9.9"'));
      repository.git('commit', '--quiet', '--all', '--message', 'Part');
      refused('minor', /have different versions:[^]*9\.9\.9 {2}shared\/package\.json/);
    });

    it('failing tests if --verify is given', () => {
      const manifest = repository.read('package.json');
      repository.write('package.json', manifest.replace(/"test": ".+"/, '"test": "exit 1"'));
      repository.git('commit', '--quiet', '--all', '--message', 'Break');
      refused('minor', /"npm test" did not pass/, { verify: true });
    });

    function refused(wanted: string, why: RegExp, options?: { verify: boolean }): void {
      const before = stateOf(repository);
      expect(() => release(wanted, options)).toThrow(why);
      expect(stateOf(repository)).toEqual(before);
    }
  });

  it('runs as a command', async () => {
    await npmRun('release', 'minor');
    const tags = repository.git('tag').split('\n');
    expect(tags).toContain(`v${nextVersion(current, 'minor')}`);

    await expect(npmRun('release')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('Give one version to release'),
    });
  });

  it('prints its usage and does nothing', async () => {
    const before = stateOf(repository);
    const { stdout } = await npmRun('release', 'minor', '--help');
    expect(stdout).toContain('npm run release -- <major|minor|patch|x.y.z> [--dry-run] [--verify]');
    expect(stateOf(repository)).toEqual(before);
  });

  describe('npm run release:check', () => {
    it('accepts a tag with the version of every package', async () => {
      const { stdout } = await npmRun('release:check', `v${current}`);
      expect(stdout).toContain('is the version of every package');
    });

    it.each(['v99.0.0', '', 'main'])('refuses the tag "%s"', async (tag) => {
      await expect(npmRun('release:check', tag)).rejects.toMatchObject({ code: 1 });
    });

    it('refuses packages with different versions', async () => {
      const lockfile = repository.read('package-lock.json');
      repository.write('package-lock.json', lockfile.replace(`"${current}"`, '"9.9.9"'));
      await expect(npmRun('release:check', `v${current}`)).rejects.toMatchObject({
        stderr: expect.stringContaining('9.9.9  package-lock.json'),
      });
    });
  });

  it('writes a changelog in which Zapier’s command line finds the entries about Zapier', async () => {
    const version = release('minor');
    const { stdout } = await npmRun('release:zapier-notes', version);
    repository.write('CHANGELOG.md', stdout);

    const { getVersionChangelog } = createRequire(__filename)(
      'zapier-platform-cli/src/utils/changelog',
    ) as { getVersionChangelog: (version: string, dir: string) => Promise<{ changelog: string }> };
    expect((await getVersionChangelog(version, repository.root)).changelog).toBe(
      `### Added

- n8n waits, while Zapier tries again later.
- Both: phone numbers are checked.
- Zapier: an app.`,
    );
  });

  function release(wanted: string, options: { dryRun?: boolean; verify?: boolean } = {}): string {
    return makeRelease({
      root: repository.root,
      wanted,
      date: '2026-02-03',
      dryRun: false,
      verify: false,
      say: (line) => said.push(line),
      ...options,
    });
  }

  /** Runs a script of package.json in the repository of the test. */
  async function npmRun(script: string, ...args: string[]): Promise<{ stdout: string }> {
    const { scripts } = JSON.parse(repository.read('package.json')) as {
      scripts: Record<string, string>;
    };
    const file = scripts[script]?.replace(/^tsx /, '') ?? '';
    return run(join(ROOT, 'node_modules/.bin/tsx'), [join(ROOT, file), ...args], {
      cwd: repository.root,
    });
  }
});

it('compares versions by number, not by letter', () => {
  expect(['0.10.0', '0.9.9', '1.0.0', '0.9.10'].sort(compareVersions)).toEqual([
    '0.9.9',
    '0.9.10',
    '0.10.0',
    '1.0.0',
  ]);
});

function stateOf({ git, read }: Repository): unknown {
  return [git('rev-parse', 'HEAD'), git('tag'), git('status', '--porcelain'), read('CHANGELOG.md')];
}
