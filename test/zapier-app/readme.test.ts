import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  visibleOperationsOf,
  type Definition,
  type Operation,
} from '../../tools/hosts/zapier/submission';
import { parametersIn } from '../support/readme-parameters';
import { APP_DIR, builtApp } from '../../tools/hosts/zapier/runtime';

const MAX_BYTES = 9_216;
/** Stands for the fields that Zapier makes for the variables of the chosen agent. */
const VARIABLE_FIELDS = 'Variable …';

describe('the README for Zapier', () => {
  const readme = readFileSync(join(APP_DIR, 'README.md'), 'utf8');
  const definition = builtApp() as unknown as Definition;

  it(`has at most ${MAX_BYTES} bytes`, () => {
    expect(Buffer.byteLength(readme)).toBeLessThanOrEqual(MAX_BYTES);
  });

  it('says at its top that the app is installed from a terminal', () => {
    expect(readme.split('\n\n')[1]).toContain('from a terminal');
  });

  it('explains a run before it uses the word', () => {
    const [before, after] = readme.split('A _run_ is');
    expect(before?.replaceAll('npm run', 'npm')).not.toMatch(/\bruns?\b/);
    expect(after).toBeDefined();
  });

  it('lists each field of the connection exactly once', () => {
    const fields = definition.authentication?.fields;
    expect(parametersIn(readme, 'Connect your account')).toEqual(labelsOf(fields));
  });

  it.each(visibleOperationsOf({ definition }).map((one) => [one.display.label, one] as const))(
    'lists each field of %s exactly once, and the calling rules only for Trigger Call',
    (label = '', { operation: { inputFields = [] } }) => {
      const fields = inputFields.filter((field) => label === 'Trigger Call' || !isRule(field));

      expect(parametersIn(readme, label)).toEqual(labelsOf(fields));
    },
  );
});

type Fields = NonNullable<Operation['operation']['inputFields']>;

function isRule(field: Fields[number]): boolean {
  return 'group' in field && field.group === 'calling_rules';
}

function labelsOf(fields: Fields = []): string[] {
  return fields
    .map((field) => (typeof field === 'function' ? VARIABLE_FIELDS : (field.label ?? field.key)))
    .toSorted();
}
