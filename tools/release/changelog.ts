const UNRELEASED = '## Unreleased';

/** Moves the entries under "Unreleased" to a heading of the new version, and leaves "Unreleased" empty. */
export function releaseUnreleased(changelog: string, version: string, date: string): string {
  if (!sectionOf(changelog, UNRELEASED).includes('\n- ')) {
    throw new Error(
      'CHANGELOG.md has nothing under "Unreleased". Write what users can notice, then release.',
    );
  }
  return changelog.replace(UNRELEASED, `${UNRELEASED}\n\n## ${version} - ${date}`);
}

/** The entries of `version`, without its heading. */
export function notesOf(changelog: string, version: string): string {
  return sectionOf(changelog, `## ${version} - `).trim();
}

/** `notes` without the entries that are only about the n8n node. */
export function notesForZapier(notes: string): string {
  const entries = notes.split(/\n(?=- |#|\n)/);
  return entries
    .filter((entry) => !entry.startsWith('- n8n') || entry.includes('Zapier'))
    .join('\n')
    .trim();
}

/** The text between the heading that begins with `heading` and the next heading of the same level. */
function sectionOf(changelog: string, heading: string): string {
  const start = `\n${changelog}`.indexOf(`\n${heading}`);
  if (start < 0) throw new Error(`CHANGELOG.md has no heading "${heading}".`);
  const [, ...lines] = changelog.slice(start).split('\n');
  const end = lines.findIndex((line) => line.startsWith('## '));
  return `\n${lines.slice(0, end < 0 ? undefined : end).join('\n')}`;
}
