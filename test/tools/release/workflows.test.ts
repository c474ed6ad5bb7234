import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ROOT } from './repository';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Record<string, string>;
  readonly with?: Record<string, unknown>;
}

interface Job {
  readonly if?: string;
  readonly needs?: string;
  readonly container?: { readonly image: string };
  readonly environment?: string | { name: string };
  readonly permissions?: Record<string, string>;
  readonly 'timeout-minutes'?: number;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly on: Record<string, unknown>;
  readonly permissions: Record<string, string>;
  readonly concurrency: { readonly group: string; readonly 'cancel-in-progress'?: unknown };
  readonly jobs: Record<string, Job>;
}

const FOLDER = join(ROOT, '.github/workflows');
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

describe.each(readdirSync(FOLDER))('workflow %s', (file) => {
  const text = textOf(file);
  const workflow = workflowIn(file);
  const jobs = Object.values(workflow.jobs);
  const commands = jobs.flatMap(commandsOf);

  it('runs only scripts that exist', () => {
    const used = commands.flatMap((command) =>
      [...command.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name),
    );
    expect(used.filter((name) => !(String(name) in scripts))).toEqual([]);
  });

  it('pins every action to a commit, and says which version that is', () => {
    for (const line of text.split('\n').filter((each) => each.includes('uses:'))) {
      expect(line).toMatch(/uses: [\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  it('may only read the repository, unless a job declares more', () => {
    expect(workflow.permissions).toEqual({ contents: 'read' });
  });

  it('keeps no credentials of GitHub for the commands that it runs', () => {
    for (const step of jobs.flatMap(({ steps }) => steps)) {
      if (step.uses?.startsWith('actions/checkout@')) {
        expect(step.with).toMatchObject({ 'persist-credentials': false });
      }
    }
  });

  it('passes values to commands as variables, never as a part of the command', () => {
    expect(commands.filter((command) => command.includes('${{'))).toEqual([]);
  });

  it('ends by itself, and takes Node from .nvmrc', () => {
    for (const job of jobs) {
      expect(job['timeout-minutes']).toBeGreaterThan(0);
      const node = job.steps.find(({ uses }) => uses?.startsWith('actions/setup-node@'));
      expect(node?.with).toMatchObject({ 'node-version-file': '.nvmrc' });
    }
  });
});

it.each([
  ['publish-n8n.yml', '${{ github.ref_name }}'],
  ['publish-zapier.yml', '${{ inputs.version || github.ref_name }}'],
])(
  '%s cancels no release that waits for approval, whatever is tagged after it',
  (file, version) => {
    // GitHub keeps only one waiting run per group, so each version needs its own group.
    expect(workflowIn(file).concurrency).toEqual({
      group: `${file.replace('.yml', '')}-${version}`,
    });
  },
);

it('gives no secret and no permission to a job whose image is named by a tag', () => {
  const withImage = readdirSync(FOLDER).filter((file) =>
    Object.values(workflowIn(file).jobs).some(({ container }) => container !== undefined),
  );
  expect(withImage).toEqual(['ci.yml']);
  expect(textOf('ci.yml')).not.toMatch(/secrets\.|id-token|: write|environment:/);
});

it('checks only with the commands of .ci/run', () => {
  const commands = Object.values(workflowIn('ci.yml').jobs).flatMap(commandsOf);
  expect(commands.filter((command) => !command.startsWith('git config '))).toEqual(['.ci/run']);
});

describe('the n8n node', () => {
  const { on, jobs } = workflowIn('publish-n8n.yml');

  it('is published only by a version tag', () => {
    expect(on).toEqual({ push: { tags: ['v*'] } });
  });

  it('is published only with the version of the tag, tested and scanned', () => {
    expect(jobs['publish']?.needs).toBe('pack');
    const steps = commandsOf(jobs['pack']);
    const order = ['release:check', 'npm test', 'npm run lint', 'npm pack', 'n8n:scan'].map(
      (what) => steps.findIndex((command) => command.includes(what)),
    );
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('is published with provenance and without a token', () => {
    expect(jobs['publish']).toMatchObject({
      environment: { name: 'npm' },
      permissions: { contents: 'read', 'id-token': 'write' },
    });
    expect(commandsOf(jobs['publish']).join()).toMatch(/^npm publish .+ --provenance/);
    expect(textOf('publish-n8n.yml')).not.toMatch(/secrets\.|NODE_AUTH_TOKEN|NPM_TOKEN/);
  });

  it('installs nothing in the job that npm trusts', () => {
    const trusted = Object.values(jobs).filter(({ permissions }) => permissions?.['id-token']);
    expect(trusted).toEqual([jobs['publish']]);
    expect(trusted.flatMap(commandsOf).join()).not.toMatch(/npm (ci|install|run|test|exec)|npx/);
  });

  it('is packed only from a commit of main', () => {
    expect(commandsOf(jobs['pack'])[0]).toContain('git merge-base --is-ancestor');
  });

  it('is trusted by npm as the manual says', () => {
    const manual = readFileSync(join(ROOT, 'docs/publish-n8n.md'), 'utf8');
    const manifest = JSON.parse(readFileSync(join(ROOT, 'n8n-node/package.json'), 'utf8')) as {
      name: string;
      repository: { url: string };
    };
    const repository = /github\.com\/(.+)\.git$/.exec(manifest.repository.url)?.[1];
    expect(manual).toContain(
      `npm trust github ${manifest.name} --repo ${String(repository)} --file publish-n8n.yml --env npm --allow-publish`,
    );
  });
});

/** The condition that the commit was reviewed. */
const ON_MAIN = 'git merge-base --is-ancestor';

describe('the Zapier app', () => {
  const { on, jobs } = workflowIn('publish-zapier.yml');

  it('is pushed by a version tag, checked and tested', () => {
    expect(on).toMatchObject({ push: { tags: ['v*'] } });
    expect(jobs['check']?.if).toBe("github.event_name == 'push'");
    const steps = commandsOf(jobs['check']);
    const order = [ON_MAIN, 'release:check', 'npm test', 'zapier:check', 'platform build'].map(
      (what) => steps.findIndex((command) => command.includes(what)),
    );
    expect(order).not.toContain(-1);
    expect(order).toEqual([...order].sort((a, b) => a - b));
    expect(jobs['push']).toMatchObject({ needs: 'check', environment: 'zapier' });
  });

  it.each([
    ['push', 'upload'],
    ['promote', 'promote "$VERSION" --yes'],
  ])('runs only Zapier’s command line in the job with the deploy key: %s', (name, command) => {
    expect(commandsOf(jobs[name])).toEqual([
      'npm ci --ignore-scripts',
      expect.stringMatching(/^printf '[^']*' "\$\{ZAPIER_APP_ID:\?is not set\}" > \.zapierapprc$/),
      `node ../node_modules/zapier-platform-cli/src/bin/run ${command}`,
    ]);
    expect(jobs[name]?.steps.flatMap(({ uses }) => uses?.split('@')[0] ?? [])).toEqual([
      'actions/checkout',
      'actions/setup-node',
      'actions/download-artifact',
    ]);
  });

  it('has the deploy key in no other job', () => {
    const withKey = Object.keys(jobs).filter((name) => jobs[name]?.environment !== undefined);
    expect(withKey).toEqual(['push', 'promote']);
  });

  it.each([
    ['check', 'push'],
    ['notes', 'promote'],
  ])('passes only what Zapier gets from %s to %s', (from, to) => {
    const given = stepOf(jobs[from], 'actions/upload-artifact@')?.with;
    const taken = stepOf(jobs[to], 'actions/download-artifact@')?.with;
    expect(jobs[to]?.needs).toBe(from);
    expect(taken?.['name']).toBe(given?.['name']);
    expect(given?.['if-no-files-found']).toBe('error');
    expect([given?.['path'], taken?.['path']]).toEqual(
      to === 'push'
        ? ['zapier-app/build/*.zip', 'zapier-app/build']
        : ['zapier-app/CHANGELOG.md', 'zapier-app'],
    );
  });

  it('reaches users only after a manual start and an approval, as the tagged version', () => {
    expect(on).toHaveProperty('workflow_dispatch');
    expect(jobs['notes']).toMatchObject({ if: "github.event_name == 'workflow_dispatch'" });
    expect(jobs['notes']?.steps[0]?.with).toMatchObject({
      ref: 'refs/tags/v${{ inputs.version }}',
    });
    expect(commandsOf(jobs['notes']).join()).toMatch(
      new RegExp(`${ON_MAIN}[^]*release:check[^]*release:zapier-notes`),
    );
    expect(jobs['promote']).toMatchObject({ needs: 'notes', environment: 'zapier-promote' });
  });

  it('gives the deploy key only to Zapier’s command line', () => {
    for (const { run, env } of Object.values(jobs).flatMap(({ steps }) => steps)) {
      if (env && 'ZAPIER_DEPLOY_KEY' in env)
        expect(run).toMatch(/^node \.\.\/node_modules\/zapier-platform-cli\/src\/bin\/run /);
    }
    expect(textOf('publish-zapier.yml').match(/secrets\./g)).toHaveLength(2);
  });
});

it.each(['bug.yml', 'feature.yml'])('GitHub can show the issue form %s', (file) => {
  const form = parse(readFileSync(join(ROOT, '.github/ISSUE_TEMPLATE', file), 'utf8')) as {
    name: string;
    description: string;
    body: { type: string; id?: string; attributes: { label?: string; options?: string[] } }[];
  };
  expect([typeof form.name, typeof form.description]).toEqual(['string', 'string']);
  const fields = form.body.filter(({ type }) => type !== 'markdown');
  expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
  for (const { type, attributes } of fields) {
    expect(['dropdown', 'input', 'textarea']).toContain(type);
    expect(attributes.label).toEqual(expect.any(String));
    if (type === 'dropdown') expect(new Set(attributes.options).size).toBeGreaterThan(1);
  }
});

function commandsOf(job: Job | undefined): string[] {
  return job?.steps.flatMap(({ run }) => run ?? []) ?? [];
}

function stepOf(job: Job | undefined, action: string): Step | undefined {
  return job?.steps.find(({ uses }) => uses?.startsWith(action));
}

function workflowIn(file: string): Workflow {
  return parse(textOf(file)) as Workflow;
}

function textOf(file: string): string {
  return readFileSync(join(FOLDER, file), 'utf8');
}
