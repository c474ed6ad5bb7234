import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from './publishing-rules';
import { BREACHES } from './publishing/breaches';
import { validSubmission } from './publishing/valid-submission';
import type { Definition, Submission } from '../../tools/hosts/zapier/submission';
import { ICON_FILE } from '../../tools/zapier-icon/render-icon';
import { APP_DIR, builtApp } from '../../tools/hosts/zapier/runtime';

const icon = readFileSync(ICON_FILE);

function builtSubmission(): Submission {
  const { description } = JSON.parse(readFileSync(join(APP_DIR, 'package.json'), 'utf8')) as {
    description: string;
  };
  return { title: 'Dograh', description, icon, definition: builtApp() as unknown as Definition };
}

function violationsOf(submission: Submission): Record<string, string[]> {
  return Object.fromEntries(
    rules
      .map(({ name, check }) => [name, check(submission)] as const)
      .filter(([, found]) => found.length > 0),
  );
}

describe('Zapier’s rules for published apps', () => {
  it.each(rules)('hold for the built app: $name', ({ check }) => {
    expect(check(builtSubmission())).toEqual([]);
  });

  it('hold for the valid example app', () => {
    expect(violationsOf(validSubmission(icon))).toEqual({});
  });

  it.each(BREACHES)('include “%s”, which alone reports %s', (rule, _change, make) => {
    const submission = validSubmission(icon);
    make(submission);

    expect(Object.keys(violationsOf(submission))).toEqual([rule]);
  });

  it('each have an example that breaks them', () => {
    expect(new Set(BREACHES.map(([rule]) => rule))).toEqual(new Set(rules.map(({ name }) => name)));
  });
});
