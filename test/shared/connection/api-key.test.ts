import { inspect } from 'node:util';
import { ApiKey } from '../../../shared/src/connection/api-key';
import { quote } from '../../../shared/src/errors/quote';
import { refusalOf } from '../../support/refusal';

const SECRET = 'dg_secret_0123456789';

describe('an API key', () => {
  it('leaves only through the header of a request', () => {
    expect(ApiKey.parse(SECRET).header()).toEqual({ 'X-API-Key': SECRET });
  });

  it.each([
    ['text', (key: ApiKey) => String(key)],
    ['JSON', (key: ApiKey) => JSON.stringify({ key })],
    ['a log', (key: ApiKey) => inspect({ key }, { showHidden: true, depth: 9 })],
    ['a copy', (key: ApiKey) => JSON.stringify(Object.assign({}, key))],
  ])('is not shown by %s', (_, show) => {
    expect(show(ApiKey.parse(SECRET))).not.toContain(SECRET);
  });

  it.each([
    ['plain', (key: string) => key],
    ['in JSON', (key: string) => JSON.stringify(key).slice(1, -1)],
    ['in a part of a URL', (key: string) => encodeURIComponent(key)],
    ['in a URL', (key: string) => encodeURI(key)],
  ])('is removed from a text where it is written %s', (_, write) => {
    // Each form has another beginning.
    const awkward = 'dg_"/%\\_0123456789';
    const key = ApiKey.parse(awkward);
    const text = `a ${write(awkward)} b`;

    expect(key.redact(text)).toBe('a [API key] b');
    expect(key.isIn(text)).toBe(true);
    expect(key.redactIn([{ [text]: text }])).toEqual([{ 'a [API key] b': 'a [API key] b' }]);
  });

  it('has one number per process, and another key has another number', () => {
    const [first, again, other] = ['dg_first_01', 'dg_first_01', 'dg_other_01'].map((value) =>
      ApiKey.parse(value),
    );

    expect(again?.number).toBe(first?.number);
    expect(other?.number).not.toBe(first?.number);
  });

  it('has the same fingerprint in every process, and another key has another one', async () => {
    const [first, again, other] = await Promise.all(
      ['dg_first_01', ' dg_first_01 ', 'dg_other_01'].map((value) =>
        ApiKey.parse(value).fingerprint(),
      ),
    );

    // Stored data contains it.
    expect(first).toBe('913acece');
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it.each([
    ['a host name makes it lower case', 'https://dg_mixedcase_0123456789/', 'https://[API key]/'],
    ['a cut leaves only its beginning', 'xx dg_Mixed… is', 'xx [API key]… is'],
    [
      'a long beginning stands anywhere',
      '{"detail": "dg_MixedCase_012."}',
      '{"detail": "[API key]."}',
    ],
    ['a letter before it is longer in lower case', 'İİdg_MixedCase_0123456789', 'İİ[API key]'],
    ['it is masked in part', 'dg_MixedCase********', '[API key]********'],
  ])('is removed where %s', (_, text, left) => {
    expect(ApiKey.parse('dg_MixedCase_0123456789').redact(text)).toBe(left);
  });

  it('does not change words with the same beginning', () => {
    expect(ApiKey.parse('dg_MixedCase_0123456789').redact('dg_MixedCas')).toBe('dg_MixedCas');
  });

  it.each([
    `${SECRET}\n`,
    ` ${SECRET}\u00a0`,
    `\ufeff${SECRET}\u200b`,
    'dg_secret\u00ad_0123456789',
  ])('is sent without what was pasted along: %j', (pasted) => {
    const key = ApiKey.parse(pasted);

    expect(key.header()).toEqual({ 'X-API-Key': SECRET });
    expect(key.number).toBe(ApiKey.parse(SECRET).number);
  });

  it.each([
    ['as it was pasted', 'x dg_secret\u00ad_01234\u200b56789 x', 'x [API key] x'],
    [
      'in an error that names the marks',
      quote('é dg_secret\u200b\u200b_0123456789'),
      '"é [API key]"',
    ],
    ['cut off', 'dg_sec\u200bret_012345', '[API key]'],
  ])('is removed with invisible marks inside it, %s', (_, text, left) => {
    const key = ApiKey.parse(SECRET);

    expect(key.redact(text)).toBe(left);
    expect(key.redactIn([text])).toEqual([left]);
    expect(key.isIn(text)).toBe(true);
  });

  it('leaves the marks in other texts', () => {
    const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}';
    expect(ApiKey.parse(SECRET).redact(family)).toBe(family);
  });

  it('is replaced once, and not inside its replacement', () => {
    expect(ApiKey.parse('e').redact('keep')).toBe('k[API key][API key]p');
  });

  it('is removed from a list of runs, and every level of a variable stays', () => {
    const variable: unknown = JSON.parse(`${'['.repeat(100)}${']'.repeat(100)}`);
    const runs = [{ initial_context: { variable } }];
    expect(ApiKey.parse(SECRET).redactIn(runs)).toEqual(runs);
  });

  it.each([
    ['nothing', '', /is empty/],
    ['no text', undefined, /is empty/],
    ['only marks that nobody sees', ' \u200b\ufeff', /is empty/],
    ['a newline inside', `${SECRET}\n${SECRET}`, /a line break/],
    ['a newline that starts another header', `${SECRET}\r\nX-Evil: 1`, /a line break/],
    ['a space', `${SECRET} ${SECRET}`, /a space/],
    ['another space', `dg\u00a0${SECRET}`, /a space/],
    ['a letter outside ASCII', `${SECRET}ä`, /outside ASCII/],
  ])('is rejected with %s, and not repeated', (_, text, says) => {
    const refusal = refusalOf(() => ApiKey.parse(text));
    expect(refusal).toMatchObject({ kind: 'InvalidInput', message: expect.stringMatching(says) });
    expect(JSON.stringify(refusal)).not.toContain(SECRET);
  });
});
