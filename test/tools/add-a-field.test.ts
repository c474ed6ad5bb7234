import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INodeProperties } from 'n8n-workflow';
import { callOptions } from '../../n8n-node/nodes/Dograh/resources/call/call-options';
import { inputFields } from '../../zapier-app/src/creates/trigger-call-fields';

/**
 * "Add a field to a call" in CONTRIBUTING.md lists the files that a new field touches. These tests fail if the list
 * is too long, or if a new field needs a file that is not on the list. Then add the file to the list, or better, make
 * the file work for any field.
 */
const ROOT = join(__dirname, '../..');
const MAX_FILES = 9;
const CHANGELOG = 'CHANGELOG.md';

const LISTED = listedFiles(readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8'));

interface CallField {
  /** Its key in n8n, which is also its key in `CallInput`. */
  readonly key: string;
  /** Its keys and labels in both forms. */
  readonly names: readonly string[];
}

/** The fields that both forms have. */
const FIELDS = callFields();

/** Searches read a number in the same way as calls, with the same fields. */
const READS_NUMBERS = [
  'n8n-node/nodes/Dograh/resources/number-fields.ts',
  'n8n-node/nodes/Dograh/resources/run/get-all.ts',
  'shared/src/input/phone-number.ts',
  'zapier-app/src/number-fields.ts',
  'zapier-app/src/searches/check-number.ts',
  'zapier-app/src/searches/find-run.ts',
];

/** Files that may also name a field, because they contain its rule or test the rule. */
const FILES_OF_FIELD: Readonly<Record<string, readonly string[]>> = {
  defaultCountry: [
    ...READS_NUMBERS,
    'n8n-node/nodes/Dograh/resources/campaign/launch-input.ts',
    'n8n-node/nodes/Dograh/resources/campaign/redial.ts',
    'n8n-node/nodes/Dograh/resources/calling-rules/calling-rule-options.ts',
    'shared/src/calling-rules/do-not-call-list.ts',
    'zapier-app/src/calling-rule-fields.ts',
    'zapier-app/src/creates/launch-campaign-input.ts',
    'n8n-node/nodes/Dograh/execution/option-names.ts',
    'shared/src/errors/input-error.ts',
    'shared/src/input/number-readings.ts',
    'test/behaviour/bad-input.ts',
    'test/behaviour/calling-rules.ts',
  ],
  numberFormat: [
    ...READS_NUMBERS,
    'shared/src/input/phone-number-text.ts',
    'test/behaviour/texts.ts',
  ],
  requireVariables: [
    'shared/src/place-call/fit-to-agent.ts',
    'shared/src/place-call/preview-call.ts',
    'shared/src/place-call/require-variables.ts',
    'test/behaviour/preview.ts',
    'test/behaviour/server-errors.ts',
    'test/behaviour/texts.ts',
    'test/behaviour/variables.ts',
    // Tests of the rule set this field. A field without a rule is in `fields` of a HostCall.
    'tools/hosts/host.ts',
    'tools/hosts/n8n/host.ts',
    'tools/hosts/zapier/host.ts',
    // Their calls give the agent no variables.
    'test/support/place-call.ts',
    'test/support/rules.ts',
    'tools/bench/calling-rules.ts',
    'tools/bench/calls-per-second.ts',
    'tools/bench/shared-overhead.ts',
    'tools/demo/through-n8n.ts',
    'tools/demo/through-zapier.ts',
    'tools/hosts/n8n/call-form.ts',
    'tools/hosts/zapier/step.ts',
    'tools/live-check/check-call.ts',
    'tools/n8n-server/agent-workflow.ts',
    'tools/soak/soak-through-zapier.ts',
  ],
};

/** Code, tools and the tests that every host shares. Other tests and texts name the fields that they are about. */
const CODE = /^(?:shared|n8n-node|zapier-app|tools|test\/behaviour|test\/support)\/.*\.m?[jt]s$/;
const GENERATED = '.gen.ts';

/** It names the keys that saved Zaps use. A new key comes from test/behaviour/call-fields.ts. */
const SAVED_KEYS = 'test/zapier-app/app.test.ts';

it('a new field of a call touches at most nine files, which all exist', () => {
  expect(LISTED.length).toBeGreaterThan(0);
  expect(LISTED.length).toBeLessThanOrEqual(MAX_FILES);
  expect(new Set(LISTED).size).toBe(LISTED.length);
  expect(LISTED.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

it('each of these files names Call Reference, which is such a field', () => {
  const field = fieldWithKey('callReference');

  expect(LISTED.filter((file) => !namesField(read(file), field))).toEqual([]);
});

it.each(Object.keys(FILES_OF_FIELD))('code outside of these files does not name %s', (key) => {
  const field = fieldWithKey(key);
  const filesOfField = FILES_OF_FIELD[key] ?? [];
  const naming = filesInGit().filter((file) => CODE.test(file) && namesField(read(file), field));

  expect(naming.filter((file) => ![...LISTED, ...filesOfField].includes(file))).toEqual([]);
  expect(filesOfField.filter((file) => !naming.includes(file))).toEqual([]);
});

it('no other file lists the fields of a call', () => {
  const lists = filesInGit().filter((file) => listsFields(read(file)));

  expect(lists).toEqual(expect.arrayContaining(['zapier-app/README.md', SAVED_KEYS]));
  expect(lists.filter((file) => ![...LISTED, SAVED_KEYS].includes(file))).toEqual([]);
});

describe('a file lists the fields of a call', () => {
  const keys = FIELDS.map(({ key }) => key);

  it('if it names all, or all but one', () => {
    expect(listsFields(keys.join('\n'))).toBe(true);
    expect(listsFields(keys.slice(1).join('\n'))).toBe(true);
    expect(listsFields(keys.slice(2).join('\n'))).toBe(false);
  });

  it.each(['fromPhoneNumberId', 'from_phone_number_id', 'Caller ID', 'From Phone Number'])(
    'by a key or label of either host: %s',
    (name) => {
      const allButTwo = keys.filter((key) => key !== 'fromPhoneNumberId').slice(1);

      expect(listsFields(allButTwo.join('\n'))).toBe(false);
      expect(listsFields([...allButTwo, name].join('\n'))).toBe(true);
    },
  );
});

function listedFiles(contributing: string): string[] {
  const [, section = ''] = contributing.split('## Add a field to a call\n');
  const [items = ''] = section.split(/\n## /);
  return [...items.matchAll(/^\d+\. `([^`]+)`/gm)].map(([, file]) => String(file));
}

function callFields(): CallField[] {
  return (callOptions.options as INodeProperties[]).flatMap(({ name: key, displayName }) => {
    const zapierKey = key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const inZapier = inputFields.find((field) => 'key' in field && field.key === zapierKey);
    if (inZapier === undefined || !('label' in inZapier)) return [];
    const labels = [displayName, inZapier.label].map(shortLabel);
    return [{ key, names: [...new Set([key, zapierKey, ...labels])] }];
  });
}

/** Texts leave out the unit of a label, and "Name or ID". */
function shortLabel(label: string): string {
  return label.replace(/ \([^)]+\)$| Name or ID$/, '');
}

function fieldWithKey(key: string): CallField {
  const field = FIELDS.find((candidate) => candidate.key === key);
  if (field === undefined) throw new Error(`Not both forms have the field ${key}.`);
  return field;
}

function listsFields(text: string): boolean {
  return FIELDS.filter((field) => namesField(text, field)).length >= FIELDS.length - 1;
}

function namesField(text: string, { names }: CallField): boolean {
  return names.some((name) => new RegExp(`\\b${name}\\b`).test(text));
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** With new files that are not in git yet, and without generated files. */
function filesInGit(): string[] {
  const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return files
    .trim()
    .split('\n')
    .filter(
      (file) => existsSync(join(ROOT, file)) && !file.endsWith(GENERATED) && file !== CHANGELOG,
    );
}
