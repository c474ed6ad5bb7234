import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from './publishing-rules';
import { BREACHES } from './publishing/breaches';
import { soundSubmission } from './publishing/valid-submission';
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

function complaintsOf(submission: Submission): Record<string, string[]> {
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

  it('hold for a small app with one of everything', () => {
    expect(complaintsOf(soundSubmission(icon))).toEqual({});
  });

  it.each(BREACHES)('%s: broken by %s, and no other rule with it', (rule, _change, make) => {
    const submission = soundSubmission(icon);
    make(submission);

    expect(Object.keys(complaintsOf(submission))).toEqual([rule]);
  });

  it('have each been broken once', () => {
    expect(new Set(BREACHES.map(([rule]) => rule))).toEqual(new Set(rules.map(({ name }) => name)));
  });
});
