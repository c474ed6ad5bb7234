import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PACKAGE_DIR } from '../hosts/n8n/n8n-host';
import { pack } from '../n8n-scan/scan-package';
import type { Benchmark, Figure, Unit } from './figure';
import { inTurn, median, sum } from './in-turn';

const run = promisify(execFile);

/** Published community nodes of the same kind. A node that the registry does not have is left out. */
const RIVALS = [
  '@cintellilabs/n8n-nodes-bland',
  '@apify/n8n-nodes-apify',
  '@mendable/n8n-nodes-firecrawl',
];

/** Loads what n8n would load, after n8n's own part. Prints milliseconds and bytes. */
const PROGRAM = `
  const [folder] = process.argv.slice(1);
  require('n8n-workflow');
  const started = performance.now();
  const { n8n } = require(folder + '/package.json');
  for (const file of [...n8n.nodes, ...n8n.credentials]) {
    for (const Type of Object.values(require(folder + '/' + file))) {
      if (typeof Type === 'function') new Type();
    }
  }
  const ms = performance.now() - started;
  console.log(JSON.stringify({ ms, bytes: process.resourceUsage().maxRSS * 1024 }));
`;

/** The note of a figure that does not vary. */
const ONCE = 'Measured once, because it does not vary.';

interface Installed {
  readonly name: string;
  readonly folder: string;
  readonly tarballBytes: number;
  readonly unpackedBytes: number;
}

/** What the node adds to an n8n: download, disk space and start. */
export const n8nWeight: Benchmark = {
  name: 'the weight of the n8n node',
  about: 'Download, disk space and start. Ours contains tables of phone numbers.',
  async measure() {
    const root = await mkdtemp(join(tmpdir(), 'dograh-weight-'));
    try {
      const ours = await install(root, 'ours', await pack(PACKAGE_DIR));
      const figures: Figure[] = [];
      const missing: string[] = [];
      for (const [index, name] of RIVALS.entries()) {
        const rival = await install(root, `rival-${index}`, name).catch(() => undefined);
        if (rival === undefined) missing.push(name);
        else figures.push(...(await compare(ours, rival)));
      }
      if (figures.length === 0) figures.push(...(await compare(ours)));
      const notThere =
        missing.length === 0
          ? ''
          : ` ${missing.join(' and ')} could not be downloaded from the registry.`;
      return figures.map((figure) => ({ ...figure, note: `${figure.note}${notThere}` }));
    } finally {
      await rm(root, { recursive: true, force: true });
    }
  },
};

async function install(root: string, folder: string, source: string): Promise<Installed> {
  const { stdout } = await run('npm', ['pack', source, '--json', '--pack-destination', root], {
    cwd: root,
  });
  const [packed] = JSON.parse(stdout) as { name: string; version: string; filename: string }[];
  if (packed === undefined) throw new Error(`${source} could not be packed.`);
  const home = join(root, folder);
  await mkdir(home);
  await writeFile(join(home, 'package.json'), '{"private":true}');
  const tarball = join(root, packed.filename);
  await run('npm', ['install', '--omit=peer', '--ignore-scripts', '--legacy-peer-deps', tarball], {
    cwd: home,
  });
  return {
    name: `${packed.name} ${packed.version}`,
    folder: join(home, 'node_modules', packed.name),
    tarballBytes: (await stat(tarball)).size,
    // Includes its dependencies, which n8n also installs.
    unpackedBytes: await sizeOf(join(home, 'node_modules')),
  };
}

/** Returns only our figures if there is no rival. */
async function compare(ours: Installed, rival?: Installed): Promise<Figure[]> {
  const loads = await inTurn({ ours: () => load(ours), rival: () => load(rival ?? ours) });
  const row = (
    what: string,
    unit: Unit,
    mine: number,
    theirs: number | undefined,
    note: string,
  ): Figure => ({
    what,
    unit,
    ours: mine,
    ...(rival && theirs !== undefined
      ? { rival: { name: rival.name, value: theirs }, ratio: mine / theirs }
      : {}),
    note,
  });
  const of = (samples: readonly Load[], name: keyof Load): number =>
    median(samples.map((one) => one[name]));
  const processes = `Medians of ${loads.ours.length} processes each, in which n8n-workflow was loaded before.`;
  return [
    row('Tarball', 'kB', ours.tarballBytes, rival?.tarballBytes, `As npm packs it. ${ONCE}`),
    row(
      'Installed',
      'kB',
      ours.unpackedBytes,
      rival?.unpackedBytes,
      `All files that npm installs for it, with dependencies and without peers. ${ONCE}`,
    ),
    row(
      'Time to load',
      'ms',
      of(loads.ours, 'ms'),
      of(loads.rival, 'ms'),
      `Nodes and credentials are loaded and created. ${processes}`,
    ),
    {
      ...row(
        'Peak memory with it',
        'MB',
        of(loads.ours, 'bytes'),
        of(loads.rival, 'bytes'),
        `The maximum of the whole process, with n8n-workflow. ${processes}`,
      ),
      isDetail: true,
    },
  ];
}

interface Load {
  readonly ms: number;
  readonly bytes: number;
}

async function load({ folder }: Installed): Promise<Load> {
  const { stdout } = await run(process.execPath, ['-e', PROGRAM, folder], {
    env: {
      PATH: process.env['PATH'],
      NODE_DISABLE_COMPILE_CACHE: '1',
      // n8n contains these.
      NODE_PATH: join(__dirname, '../../node_modules'),
    },
  });
  return JSON.parse(stdout) as Load;
}

/** The size of its files. The size of folders differs between disks. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = files.map(
    async ({ parentPath, name }) => (await stat(join(parentPath, name))).size,
  );
  return sum(await Promise.all(sizes));
}
