import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './repository';

const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'zapier-app/README.md',
  '.github/pull_request_template.md',
  ...readdirSync(join(ROOT, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
];
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
    const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => String(target));
    const local = links.filter((target) => !/^https?:/.test(target));
    expect(local.filter((target) => !leadsSomewhere(document, target))).toEqual([]);
  });

  it('names files and folders of this repository that exist', () => {
    const code = [...text.matchAll(/`([^`\n]+)`/g)].map(([, inside]) => String(inside)).join(' ');
    const named = code.match(
      /(?<![\w/.-])(?:shared|n8n-node|zapier-app|test|docs|\.github|\.ci)\/[\w./-]*/g,
    );
    // What is built or written on the way is not there before.
    const kept = (named ?? []).filter((path) => !/\/(dist|build|CHANGELOG)\b/.test(path));
    expect(kept.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
  });
});

function leadsSomewhere(document: string, target: string): boolean {
  const [path = '', heading] = target.split('#');
  const file = path === '' ? join(ROOT, document) : join(ROOT, dirname(document), path);
  if (!existsSync(file)) return false;
  return heading === undefined || headingsOf(file).includes(heading);
}

/** As GitHub makes them. */
function headingsOf(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    String(title)
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
