import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './repository';

const DOCUMENTS = [
  ...documentsIn('.'),
  ...['n8n-node', 'zapier-app'].flatMap((folder) => documentsIn(folder)),
  ...['docs', 'examples', '.github'].flatMap((folder) => documentsIn(folder, { deep: true })),
];
/** The URL from which npm shows the images of a README. */
const IMAGES = 'https://raw.githubusercontent.com/dograh-hq/dograh-n8n-zapier/main/';
/** URLs of other pages of the repository, because npm shows only the README. */
const PAGE = /^https:\/\/github\.com\/dograh-hq\/dograh-n8n-zapier\/(?:blob|tree)\/main\/(.+)$/;
const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};

describe.each(DOCUMENTS)('%s', (document) => {
  const text = readFileSync(join(ROOT, document), 'utf8');

  it('names scripts that exist', () => {
    const named = [...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map(([, name]) => name);
    expect(named.filter((name) => !(String(name) in scripts))).toEqual([]);
  });

  it('links to files and headings that exist', () => {
    const links = [...text.matchAll(/\]\(([^)\s]+)\)|<img src="([^"]+)"/g)].map(([, link, image]) =>
      String(link ?? image),
    );
    const local = links.filter((target) => !/^https?:/.test(target));
    const images = links.filter((target) => target.startsWith(IMAGES));
    expect(local.filter((target) => !leadsSomewhere(document, target))).toEqual([]);
    expect(images.filter((url) => !existsSync(join(ROOT, url.slice(IMAGES.length))))).toEqual([]);
    const pages = links.flatMap((target) => PAGE.exec(target)?.[1] ?? []);
    expect(pages.filter((page) => !leadsSomewhere('README.md', page))).toEqual([]);
  });

  it('names files and folders of this repository that exist', () => {
    const code = [...text.matchAll(/`([^`\n]+)`/g)].map(([, inside]) => String(inside)).join(' ');
    const named = code.match(
      /(?<![\w/.-])(?:shared|n8n-node|zapier-app|tools|test|docs|examples|\.github|\.ci)\/[\w./-]*/g,
    );
    // Built or generated files do not exist before a build.
    const kept = (named ?? []).filter((path) => !/\/(dist|build|CHANGELOG)\b/.test(path));
    expect(kept.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });

  it('has tables of at most four columns', () => {
    const heads = text.match(/^\|.*\|\n(?=\|[ :|-]+\|$)/gm) ?? [];
    expect(heads.filter((head) => head.split('|').length - 2 > 4)).toEqual([]);
  });

  it('names labels that a form shows', () => {
    const prose = text.replace(/```[^]*?```/g, '');
    const labels = [...prose.matchAll(/\*\*([A-Z][\w()’' ]*)\*\*/g)].map(([, label]) =>
      String(label),
    );
    expect(labels.filter((label) => LABEL.test(label) && !isShown(label))).toEqual([]);
  });
});

/** A name of at least two words, each with a capital letter. */
const LABEL = /^[A-Z][\w']*(?: (?:[A-Z(][\w')]*|and|for|if|per|to))+$/;
/** Labels of n8n, Zapier and Dograh, and names of nodes in examples. */
const LABELS_OF_OTHERS = new Set([
  'AI Agent',
  'API Keys',
  'API Trigger',
  'Execute Workflow',
  'Fetch Test Event',
  'Map Automatically',
  'New Row',
  'Poll Times',
  'Retry On Fail',
  'Update Row',
]);
const SOURCES = ['n8n-node/nodes', 'n8n-node/credentials', 'zapier-app/src', 'shared/src']
  .flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(ROOT, folder, file), 'utf8')),
  )
  .join('\n');

/** Zapier writes the label of an object before the labels of its values. */
function isShown(name: string): boolean {
  const label = name.replace(/^(Initial|Gathered) Context .+/, '$1 Context');
  if (LABELS_OF_OTHERS.has(label)) return true;
  return [`'${label}'`, `"${label}"`, `>${label}<`].some((text) => SOURCES.includes(text));
}

it.each([
  ['README.md', 8_000],
  ['docs/benchmarks.md', 8_000],
  ['n8n-node/README.md', 12_288],
  ['zapier-app/README.md', 9_216],
])('%s has at most %i bytes', (document, limit) => {
  expect(readFileSync(join(ROOT, document)).byteLength).toBeLessThanOrEqual(limit);
});

it('the README has at most 900 words', () => {
  expect(readFileSync(join(ROOT, 'README.md'), 'utf8').split(/\s+/).length).toBeLessThanOrEqual(
    900,
  );
});

/** The documents in git. The publication writes a changelog for Zapier, which git ignores. */
function documentsIn(folder: string, { deep = false } = {}): string[] {
  return readdirSync(join(ROOT, folder), { recursive: deep, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join(folder, file))
    .filter((file) => file !== 'zapier-app/CHANGELOG.md');
}

it('each entry of the changelog names the host that it is about', () => {
  // Zapier's changelog leaves out entries that begin with n8n.
  const entries = readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8').split(/^- /m).slice(1);
  const begins = /^(?:n8n|Zapier|Both): /;
  expect(entries.filter((entry) => !begins.test(entry) || /.\bBoth:/s.test(entry))).toEqual([]);
});

it('CONTRIBUTING.md names every script of package.json', () => {
  const text = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
  const named = [...text.matchAll(/`npm (?:run )?([\w:-]+)/g)].map(([, name]) => name);
  expect(Object.keys(scripts).filter((name) => !named.includes(name))).toEqual([]);
});

it('these tests check every document', () => {
  const kept = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'],
    { cwd: ROOT, encoding: 'utf8' },
  );
  expect(DOCUMENTS.toSorted()).toEqual(kept.trim().split('\n').toSorted());
});

function leadsSomewhere(document: string, target: string): boolean {
  const [path = '', heading] = target.split('#');
  const file = path === '' ? join(ROOT, document) : join(ROOT, dirname(document), path);
  if (!existsSync(file)) return false;
  return heading === undefined || headingsOf(file).includes(heading);
}

/** In the form of GitHub's anchors. */
function headingsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    String(title)
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
