import { execFile } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { ROOT } from './repository';

interface Request {
  readonly route: string;
  readonly key: string | undefined;
  readonly body: Record<string, unknown>;
}

const KEY = 'deploy-key-of-the-test';
const run = promisify(execFile);
const AdmZip = createRequire(__filename)('adm-zip') as new () => {
  addFile(name: string, content: Buffer): void;
  writeZip(file: string): void;
};

/** Runs the commands of the jobs with the deploy key, as in the workflow, against a simulated Zapier. */
describe('Zapier’s command line in publish-zapier.yml', () => {
  let folder: string;
  let app: string;
  let ran: string;
  let zapier: Server;
  let requests: Request[];

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dograh-upload-'));
    app = join(folder, 'zapier-app');
    ran = join(folder, 'ran');
    mkdirSync(join(app, 'build'), { recursive: true });
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    // An app that reports if any of its code runs.
    const manifest = readFileSync(join(ROOT, 'zapier-app/package.json'), 'utf8');
    const scripts = { '_zapier-build': `touch ${ran}`, build: `touch ${ran}` };
    writeFileSync(
      join(app, 'package.json'),
      JSON.stringify({ ...(JSON.parse(manifest) as object), scripts }),
    );
    writeFileSync(join(app, 'index.js'), `require('fs').writeFileSync('${ran}', '');`);
    requests = [];
    zapier = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk) => (text += String(chunk)));
      request.on('end', () => {
        requests.push({
          route: `${String(request.method)} ${String(request.url)}`,
          key: request.headers['x-deploy-key']?.toString(),
          body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
        });
        response.setHeader('Content-Type', 'application/json');
        response.end(JSON.stringify({ id: 4711, title: 'Dograh', status: 'public' }));
      });
    });
    await new Promise<void>((listening) => zapier.listen(0, '127.0.0.1', listening));
  });

  afterEach(async () => {
    await new Promise((closed) => zapier.close(closed));
    rmSync(folder, { recursive: true, force: true });
  });

  it('uploads the passed zips, and runs no code of the app', async () => {
    for (const name of ['build', 'source']) {
      const zip = new AdmZip();
      zip.addFile('definition.json', Buffer.from('{"version":"1.2.3"}'));
      zip.addFile('index.js', Buffer.from(`require('fs').writeFileSync('${ran}', '');`));
      zip.writeZip(join(app, `build/${name}.zip`));
    }
    await runJob('push');

    expect(requests.map(({ route }) => route)).toEqual([
      'GET /api/platform/cli/apps/4711',
      'PUT /api/platform/cli/apps/4711/versions/1.2.3',
    ]);
    expect(requests.map(({ key }) => key)).toEqual([KEY, KEY]);
    expect(requests[1]?.body).toEqual({
      zip_file: readFileSync(join(app, 'build/build.zip'), 'base64'),
      source_zip_file: readFileSync(join(app, 'build/source.zip'), 'base64'),
      skip_validation: false,
    });
    expect(existsSync(ran)).toBe(false);
  });

  it('promotes with the passed notes, and runs no code of the app', async () => {
    writeFileSync(join(app, 'CHANGELOG.md'), '# Changelog\n\n## 1.2.3\n\n- Zapier: an app.\n');
    await runJob('promote');

    const promotion = requests.find(({ route }) => route.endsWith('/apps/4711/migrations'));
    expect(promotion).toMatchObject({
      key: KEY,
      body: { job: { name: 'promote', to_version: '1.2.3', changelog: '- Zapier: an app.' } },
    });
    expect(existsSync(ran)).toBe(false);
  });

  async function runJob(name: string): Promise<void> {
    const text = readFileSync(join(ROOT, '.github/workflows/publish-zapier.yml'), 'utf8');
    const { jobs } = parse(text) as {
      jobs: Record<string, { steps: { run?: string; 'working-directory'?: string }[] }>;
    };
    const commands = jobs[name]?.steps.filter((step) => step['working-directory'] === 'zapier-app');
    for (const { run: command = '' } of commands ?? []) {
      await run('bash', ['-e', '-c', command], {
        cwd: app,
        env: {
          PATH: process.env['PATH'],
          HOME: folder,
          DISABLE_ZAPIER_ANALYTICS: '1',
          ZAPIER_BASE_ENDPOINT: `http://127.0.0.1:${(zapier.address() as AddressInfo).port}`,
          ZAPIER_APP_ID: '4711',
          ZAPIER_DEPLOY_KEY: KEY,
          VERSION: '1.2.3',
        },
      });
    }
  }
});
