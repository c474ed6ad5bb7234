import type { ContextSources } from '../../../shared/src/variables/build-context';
import { buildContext } from '../../../shared/src/variables/build-context';
import { RESERVED_NAMES } from '../../../shared/src/variables/reserved-names';
import { quote } from '../../../shared/src/errors/quote';
import { refusalOf } from '../../support/refusal';

const pair = (name: unknown, value: unknown): ContextSources => ({ pairs: [{ name, value }] });
const pairOf = (name: string): { name: string; value: string } => ({ name, value: name });
const messageOf = (sources: ContextSources): string =>
  refusalOf(() => buildContext(sources)).message;

describe('sources of the initial context', () => {
  it('mapped fields replace pairs, and pairs replace JSON, value by value', () => {
    expect(
      buildContext({
        json: '{"user": {"name": "json", "plan": "json", "city": "json"}, "kept": 1}',
        pairs: [
          { name: 'user.name', value: 'pairs' },
          { name: 'user.plan', value: 'pairs' },
        ],
        mapped: { 'user.name': 'mapped' },
      }),
    ).toEqual({ user: { name: 'mapped', plan: 'pairs', city: 'json' }, kept: 1 });
  });

  it('reads JSON with a byte order mark', () => {
    expect(buildContext({ json: '\ufeff{"a": 1}' })).toEqual({ a: 1 });
  });

  it('reads JSON as text or as an object', () => {
    expect(buildContext({ json: '{"a": [1]}' })).toEqual(buildContext({ json: { a: [1] } }));
  });

  it.each([[undefined], [null], [''], ['  \n']])('is empty for %j', (json) => {
    expect(buildContext({ json })).toEqual({});
  });

  it('leaves out empty rows', () => {
    const pairs = [{ name: '', value: '' }, {}, { name: 'a', value: '' }];
    expect(buildContext({ pairs })).toEqual({ a: '' });
  });

  it('says which row has no name', () => {
    const pairs = [
      { name: 'a', value: 1 },
      { name: '', value: 2 },
    ];
    expect(messageOf({ pairs })).toMatch(/^Row 2 of Variables has a value but no name/);
  });

  it('does not change its input', () => {
    const json = { user: { name: 'Ann' } };
    buildContext({ json, pairs: [{ name: 'user.name', value: 'Bob' }] });
    expect(json).toEqual({ user: { name: 'Ann' } });
  });
});

describe('names of variables', () => {
  it('user.name makes an object in every source', () => {
    const nested = { user: { name: 'Ann' } };
    expect(buildContext(pair('user.name', 'Ann'))).toEqual(nested);
    expect(buildContext({ json: { 'user.name': 'Ann' } })).toEqual(nested);
    expect(buildContext({ mapped: { 'user.name': 'Ann' } })).toEqual(nested);
  });

  it.each([
    [
      'within one list',
      {
        json: undefined,
        pairs: [
          { name: 'a', value: 1 },
          { name: 'a.b', value: 2 },
        ],
      },
    ],
    [
      'in the other order',
      {
        pairs: [
          { name: 'a.b', value: 2 },
          { name: 'a', value: 1 },
        ],
      },
    ],
    ['across sources', { json: '{"a": 1}', pairs: [{ name: 'a.b', value: 2 }] }],
    ['across sources, in the other order', { json: '{"a": {"b": 2}}', mapped: { a: 1 } }],
    ['with null', { json: '{"a": null}', pairs: [{ name: 'a.b', value: 2 }] }],
    ['with a list', { json: '{"a": []}', pairs: [{ name: 'a.b', value: 2 }] }],
  ])('a and a.b together are an error that names both: %s', (_, sources) => {
    expect(messageOf(sources)).toMatch(/"a" and "a\.b" cannot be combined/);
  });

  it.each([
    [
      'pairs',
      {
        pairs: [
          { name: 'a', value: 1 },
          { name: 'a', value: 2 },
        ],
      },
    ],
    ['an object and a dotted name', { json: '{"a": {"b": 1}, "a.b": 2}' }],
    ['in JSON', { json: '{"a": 1, "b": {"a": 2}, "a": 1}' }],
    ['in JSON, with an escape', { json: '{"name": "Ann", "n\\u0061me": "Ben"}' }],
  ])('the same name twice in one list is an error: %s', (_, sources) => {
    expect(messageOf(sources)).toMatch(/is given twice/);
  });

  it.each([
    ['{"a": {"b": 1, "c": {"b": 2}, "b": 3}}', '"a.b"'],
    ['{"list": [{"a": 1}, {"a": 1, "a": 2}]}', '"list[1].a"'],
  ])('the same name twice inside JSON is an error with the whole name: %s', (json, name) => {
    expect(messageOf({ json })).toBe(`The variable ${name} is given twice.`);
  });

  it('JSON with more levels than Dograh can read is refused before it exhausts the stack', () => {
    const levels = 1_000_000;
    const json = `{"a": ${'['.repeat(levels)}${']'.repeat(levels)}}`;

    expect(messageOf({ json })).toMatch(/an object with more than 100 levels, which cannot/);
  });

  it.each([
    ['first name', 'first_name'],
    ['name|x', 'name_x'],
    ['{{name}}', 'name'],
    ['{{ user.name | you }}', 'user.name_you'],
    ['a..b', 'a.b'],
    ['.a', 'a'],
    ['a.', 'a'],
    ['two\nlines', 'two_lines'],
    ['|', 'variable'],
  ])('a name that no prompt can match is an error with a suggestion: %j', (name, suggestion) => {
    const refusal = refusalOf(() => buildContext(pair(name, 'x')));
    expect(refusal.message).toContain(`named ${quote(name)}:`);
    expect(refusal.hint).toContain(JSON.stringify(suggestion));
    expect(buildContext(pair(suggestion, 'x'))).not.toEqual({});
  });

  it.each([
    ...['name\u200b', '\ufeffname', ' name\u00a0', 'na\u00adme'],
    ...['\u202aname\u202c', 'name\t', 'name\ufe0f'],
  ])('that a user typed lose what was pasted along: %j', (name) => {
    expect(buildContext(pair(name, 'Ann'))).toEqual({ name: 'Ann' });
    expect(buildContext({ json: { [name]: 'Ann' } })).toEqual({ name: 'Ann' });
    expect(buildContext({ json: JSON.stringify({ [name]: 'Ann' }) })).toEqual({ name: 'Ann' });
    expect(buildContext(pair('user', [{ [name]: 'Ann' }]))).toEqual({ user: [{ name: 'Ann' }] });
  });

  it('that a user typed lose marks beside a dot', () => {
    expect(buildContext(pair('user\u200b.\ufeffname', 'Ann'))).toEqual({ user: { name: 'Ann' } });
  });

  it('that a user typed have composed letters, like other texts', () => {
    expect(buildContext(pair('Zoe\u0308', 1))).toEqual({ 'Zo\u00eb': 1 });
  });

  it('do not change values', () => {
    const spoken = ' Ann\u200b\u00a0Zoe\u0308 ';
    const sources = { json: { a: spoken, b: [spoken] }, mapped: { c: { d: spoken } } };
    expect(buildContext(sources)).toEqual({ a: spoken, b: [spoken], c: { d: spoken } });
  });

  it.each<[string, ContextSources]>([
    ['pairs', { pairs: [pairOf('a'), pairOf('a\u200b')] }],
    ['JSON', { json: '{"a": 1, "\ufeffa": 2}' }],
    ['an object in JSON', { json: { b: { a: 1, ' a': 2 } } }],
    ['the value of a field', { mapped: { b: [{ a: 1, 'a\u00a0': 2 }] } }],
    ['a record', { record: { names: ['a'], values: { '\ufeffa': 1, 'a\u200b': 2 } } }],
  ])('are an error if two of %s differ only in marks', (_, sources) => {
    expect(messageOf(sources)).toMatch(/^The variable ".*a" is given twice/);
  });

  it.each(['phone_number\u200b', ' provider', '\ufeff__proto__'])(
    'are refused even with marks if they are reserved: %j',
    (name) => {
      expect(messageOf(pair(name, 'x'))).toMatch(/cannot be set|reserved/);
      expect(messageOf({ json: { [name]: 'x' } })).toMatch(/cannot be set|reserved/);
    },
  );

  it('without a visible sign count as none', () => {
    expect(buildContext(pair('\u200b', ''))).toEqual({});
    expect(messageOf(pair('\u200b ', 'x'))).toMatch(/^Row 1 of Variables has a value but no name/);
  });

  describe('from the texts of the agent', () => {
    const ofAgent = 'name\u200b';
    const record = (names: readonly string[], values: object): ContextSources => ({
      record: { names, values: { ...values } },
    });

    it('stay as they are, because Dograh compares them exactly', () => {
      expect(buildContext({ mapped: { [ofAgent]: 'Ann' } })).toEqual({ [ofAgent]: 'Ann' });
      expect(buildContext(record([ofAgent], { [ofAgent]: 'Ann' }))).toEqual({ [ofAgent]: 'Ann' });
    });

    it.each([
      [{ '\ufeffname': 'Ann' }, 'name', { name: 'Ann' }],
      [{ 'name ': 'Ann' }, 'name', { name: 'Ann' }],
      [{ name: 'Ann' }, ofAgent, { [ofAgent]: 'Ann' }],
      [{ name: 'Ann', 'name ': 'Bob' }, 'name', { name: 'Ann' }],
      [{ '\u200buser.name': 'Ann' }, 'user.name', { user: { name: 'Ann' } }],
      [{ '\ufeffuser': { ' name': 'Ann' } }, 'user.name', { user: { name: 'Ann' } }],
      [{ '\ufeffuser': { ' name': 'Ann' } }, 'user', { user: { name: 'Ann' } }],
      [{ names: 'Ann' }, 'name', {}],
    ])('take from the record %j what %j means', (values, name, context) => {
      expect(buildContext(record([name], values))).toEqual(context);
    });
  });

  it.each(['__proto__', 'constructor', 'prototype', 'a.__proto__', 'a.constructor.b'])(
    'the name %s is an error',
    (name) => {
      expect(messageOf(pair(name, { polluted: true }))).toMatch(/reserved JavaScript name/);
    },
  );

  it('__proto__ deep inside JSON is an error', () => {
    expect(messageOf({ json: '{"a": [{"__proto__": {"polluted": true}}]}' })).toMatch(
      /"a\[0\]\.__proto__"/,
    );
    expect(Object.prototype).not.toHaveProperty('polluted');
  });
});

describe('values keep their type', () => {
  it.each([
    ['text that looks like a number', '007', '007'],
    ['empty text', '', ''],
    ['a number', 1.5, 1.5],
    ['a boolean', false, false],
    ['null', null, null],
    ['a list', [1, 'a', null], [1, 'a', null]],
    ['an object', { a: { b: [] } }, { a: { b: [] } }],
    ['an empty object', {}, {}],
    ['a date', new Date(0), '1970-01-01T00:00:00.000Z'],
    [
      'a date object that writes itself',
      { toJSON: () => '2026-01-02T03:04:05.000+01:00' },
      '2026-01-02T03:04:05.000+01:00',
    ],
    ['a hole in a list', [1, undefined], [1, null]],
  ])('%s', (_, value, sent) => {
    expect(buildContext(pair('v', value))).toEqual({ v: sent });
  });

  it('an undefined value is left out', () => {
    expect(buildContext({ mapped: { a: undefined, b: { c: undefined, d: 1 } } })).toEqual({
      b: { d: 1 },
    });
  });

  it.each([
    ['NaN', NaN],
    ['Infinity', [1, Infinity]],
    ['a function', () => 1],
    ['a big integer', 10n],
    ['a symbol', Symbol('s')],
    ['a map', new Map()],
    ['an invalid date', new Date(NaN)],
  ])('%s is refused because JSON cannot represent it', (_, value) => {
    expect(messageOf(pair('v', value))).toMatch(/^The variable "v.*cannot be sent as JSON/);
  });

  it.each<[string, ContextSources]>([
    ['in JSON', { json: '{"order": {"ids": [1, 12345678901234567890]}}' }],
    ['in JSON, with a fraction', { json: '{"order": {"ids": [1, 12345678901234567890.5]}}' }],
    ['in JSON, with an exponent', { json: '{"order": {"ids": [1, -1e30]}}' }],
    ['as a number', { pairs: [{ name: 'order.ids', value: [1, 2 ** 53] }] }],
  ])('a number with too many digits is refused: %s', (_, sources) => {
    const refusal = refusalOf(() => buildContext(sources));

    expect(refusal.message).toMatch(
      /^The variable "order\.ids\[1\]" is a number with too many digits/,
    );
    expect(refusal.hint).toMatch(/^Put it in quotes/);
  });

  it.each([
    [Number.MAX_SAFE_INTEGER, '9007199254740991'],
    [-Number.MAX_SAFE_INTEGER, '-9007199254740991'],
    [0.1 + 0.2, '0.30000000000000004'],
    [1 / 3, '0.33333333333333333333'],
    [1e-30, '1e-30'],
  ])('a number that arrives without its last decimals passes: %d', (value, text) => {
    expect(buildContext({ json: `{"v": ${text}}` })).toEqual({ v: value });
    expect(buildContext(pair('v', value))).toEqual({ v: value });
  });

  it('refuses an object that contains itself', () => {
    const circle: Record<string, unknown> = {};
    circle['again'] = circle;
    expect(messageOf(pair('v', circle))).toMatch(/"v\.again" is an object that contains itself/);
  });

  it('refuses more levels than the stack allows', () => {
    const deep = JSON.parse(`${'['.repeat(9_000)}${']'.repeat(9_000)}`) as unknown;
    expect(messageOf(pair('v', deep))).toMatch(/is an object with more than 100 levels/);
  });

  it('accepts the same object twice side by side', () => {
    const same = { a: 1 };
    expect(buildContext(pair('v', [same, same]))).toEqual({ v: [same, same] });
  });
});

describe('names that Dograh reserves', () => {
  it.each(RESERVED_NAMES)('%s is an error', (name) => {
    expect(messageOf(pair(name, 'x'))).toMatch(`"${name}" cannot be set`);
    expect(messageOf({ json: { [name]: { deeper: 1 } } })).toMatch(`"${name}" cannot be set`);
    expect(messageOf(pair(`${name}.deeper`, 'x'))).toMatch(`"${name}" cannot be set`);
  });

  it('are allowed inside an object', () => {
    expect(buildContext(pair('customer.phone_number', 'x'))).toEqual({
      customer: { phone_number: 'x' },
    });
  });

  it.each([
    { type: 'text', text: 'Hello {{name}}' },
    { type: 'audio', recording_id: 'r1' },
  ])('accepts a greeting of the right shape: %j', (greeting) => {
    expect(buildContext(pair('greeting_override', greeting))).toEqual({
      greeting_override: greeting,
    });
  });

  it.each([
    'Hello',
    null,
    [],
    {},
    { type: 'text' },
    { type: 'text', text: ' ' },
    { type: 'audio' },
  ])('refuses a greeting that Dograh would ignore: %j', (greeting) => {
    expect(messageOf(pair('greeting_override', greeting))).toMatch(/a shape that Dograh ignores/);
  });
});

describe('JSON that is not an object', () => {
  it.each([
    ['[1]', /a JSON list/],
    ['"text"', /a string/],
    ['7', /a number/],
    ['true', /a boolean/],
    [new Date(), /a date or another special object/],
    [new Map(), /a date or another special object/],
    [{ toJSON: () => ({}) }, /a date or another special object/],
  ])('is refused with its type: %s', (json, says) => {
    expect(messageOf({ json })).toMatch(/^Variables \(JSON\) must be a JSON object, not /);
    expect(messageOf({ json })).toMatch(says);
  });

  it.each([
    ['{"a": 1,}', 'line 1, column 9'],
    ['{"a" 1}', 'line 1, column 6'],
    ['{\n "a": 1\n "b": 2}', 'line 3, column 2'],
    ["{'a': 1}", 'line 1, column 2'],
    ['{"a": 1', 'line 1, column 8'],
    ['{"a": "x', 'line 1, column 7'],
    ['nonsense', 'line 1, column 1'],
    ['{"a": 1} // why', 'line 1, column 10'],
    ['{"a": 01}', 'line 1, column'],
    ['{"a": "\t"}', 'line 1, column'],
  ])('broken JSON shows the position: %j', (json, position) => {
    expect(messageOf({ json })).toContain(position);
  });
});
