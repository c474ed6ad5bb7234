const UNRELEASED = '## Unreleased';

/** Puts what stands under "Unreleased" under a heading of its own; "Unreleased" stays, empty, for what comes next. */
export function releaseUnreleased(changelog: string, version: string, date: string): string {
  if (!sectionOf(changelog, UNRELEASED).includes('\n- ')) {
    throw new Error(
      'CHANGELOG.md has nothing under "Unreleased". Write what users can notice before you release it.',
    );
  }
  return changelog.replace(UNRELEASED, `${UNRELEASED}\n\n## ${version} - ${date}`);
}

/** What was released with `version`, without its heading. */
export function notesOf(changelog: string, version: string): string {
  return sectionOf(changelog, `## ${version} - `).trim();
}

/** `notes` without what only users of the n8n node can notice. */
export function notesForZapier(notes: string): string {
  const entries = notes.split(/\n(?=- |#|\n)/);
  return entries
    .filter((entry) => !entry.startsWith('- n8n') || entry.includes('Zapier'))
    .join('\n')
    .trim();
}

/** From the end of the heading that begins so, up to the next one of the same level. */
function sectionOf(changelog: string, heading: string): string {
  const start = `\n${changelog}`.indexOf(`\n${heading}`);
  if (start < 0) throw new Error(`CHANGELOG.md has no heading "${heading}".`);
  const [, ...lines] = changelog.slice(start).split('\n');
  const end = lines.findIndex((line) => line.startsWith('## '));
  return `\n${lines.slice(0, end < 0 ? undefined : end).join('\n')}`;
}
