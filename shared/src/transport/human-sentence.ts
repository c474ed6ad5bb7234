import { cut } from '../errors/quote';

const MAX_LENGTH = 300;
/** A telephony provider's error inside Dograh's error, as text inside text. */
const MAX_DEPTH = 4;
/** Longer than any real error. */
const MAX_SEARCHED = 10_000;

/** The start of JSON, or of what Python prints for an object or a list of objects. */
const DATA = /\{\s*(?:$|(["'])[^"']*(?:$|\1\s*:))|\[\s*\{/;
const MARKUP = /<(?:\?xml|!doctype|html)\b|<([a-z][\w-]*)(?:\s[^<>]*)?>[^]*<\/\1>/i;
/** What Dograh and its libraries write before a provider's error. */
const PREFIX =
  /^(?:failed to (?:initiate|create)\b[^:{[<]{0,60}:|(?:http )?[1-5]\d\d\s*[:,](?!\d)|[\w.]{0,60}(?:Exception|Error):)\s*/i;
/** A name and its text, with either kind of quotation mark. The end of the text may be cut off. */
const NAMED_TEXT =
  /(["'])([\w $-]{1,40})\1\s*:\s*(?:"((?:[^"\\]|\\[^])*)(?:"|\\?$)|'((?:[^'\\]|\\[^])*)(?:'|\\?$))/g;
/** A text without a name, in a list or between tags. */
const OTHER_TEXT = /"((?:[^"\\]|\\[^])*)"|'((?:[^'\\]|\\[^])*)'|>([^<>]+)</g;
/** Secrets of a provider in an address or in a header. */
const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/\/\/[^\s/@]+:[^\s/@]+@/g, '//…@'],
  [/\b(\w*(?:token|key|secret|password|signature|auth|sid)\w*=)[^\s&"']+/gi, '$1…'],
  [/\b(Basic|Bearer)\s+\S.*/gi, '$1 …'],
];
const CODE = /(["'])(?:error[_-]?)?code\1\s*:\s*["']?([\w.-]{1,40})/i;

/** Names of a provider's sentence, best first. */
const NAMES = [
  ...['message', 'error_message', 'detail', 'details', 'description', 'error_description'],
  ...['reason', 'msg', 'error', 'error_text', 'error_title', 'title', 'text', 'cause'],
].map(lettersOf);
/** They say nothing beyond the status. */
const GENERIC =
  /^(?:bad request|unauthorized|forbidden|not found|unprocessable (?:entity|content)|validation (?:error|failed)|invalid parameters?)\W*$/i;

/**
 * The sentence for people in an error text. The text may contain a provider's error as JSON, as Python prints it, or as
 * XML, and it may be cut off anywhere. Of such an error, only the sentence is returned; empty if there is none.
 *
 * Only for messages. Whether a phone was dialed is decided by the whole text.
 */
export function humanSentence(text: string): string {
  const sentence = sentenceIn(text.slice(0, MAX_SEARCHED), 0);
  const line = sentence.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Z}]+/gu, ' ').trim();
  return cut(withoutSecrets(line), MAX_LENGTH);
}

function withoutSecrets(line: string): string {
  return SECRETS.reduce((text, [secret, mask]) => text.replace(secret, mask), line);
}

function sentenceIn(text: string, depth: number): string {
  const starts = [text.search(DATA), text.search(MARKUP)].filter((start) => start >= 0);
  if (starts.length === 0) return withoutPrefixes(text);
  const start = Math.min(...starts);
  const introduction = withoutPrefixes(text.slice(0, start)).replace(/[\s:]+$/, '');
  const found = depth < MAX_DEPTH ? sentenceOfData(text.slice(start), depth) : '';
  return [introduction, found].filter((part) => part !== '').join(': ');
}

function sentenceOfData(data: string, depth: number): string {
  const named = [...data.matchAll(NAMED_TEXT)].map(([, , name = '', double, single]) => ({
    name: lettersOf(name),
    text: unescaped(double ?? single ?? ''),
  }));
  const best = NAMES.flatMap((wanted) => named.filter(({ name }) => name === wanted));
  const tagged = NAMES.map((name) => textOfTag(name, data));
  const sentences = [...best.map(({ text }) => text), ...tagged]
    .map((text) => sentenceIn(text, depth + 1))
    .filter((text) => /\p{L}/u.test(text));
  const others = [...data.replace(NAMED_TEXT, '').matchAll(OTHER_TEXT)].map(
    ([, double, single, tagged]) => unescaped(double ?? single ?? tagged ?? ''),
  );
  return (
    sentences.find((text) => hasWords(text) && !GENERIC.test(text)) ??
    others.find((text) => hasWords(text) && !GENERIC.test(text) && !DATA.test(text)) ??
    sentences[0] ??
    errorCode(data)
  );
}

function textOfTag(name: string, data: string): string {
  return new RegExp(`<${name}(?:\\s[^<>]*)?>([^<>]+)<`, 'i').exec(data)?.[1] ?? '';
}

function hasWords(text: string): boolean {
  return /\p{L}\s+\p{L}/u.test(text);
}

/** The same for `errorMessage`, `error_message` and `error-message`. */
function lettersOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}

function errorCode(data: string): string {
  const code = CODE.exec(data)?.[2];
  return code === undefined ? '' : `error code ${code}`;
}

function withoutPrefixes(text: string): string {
  let rest = text.trim();
  for (;;) {
    const shorter = rest.replace(PREFIX, '');
    if (shorter === rest) return rest;
    rest = shorter;
  }
}

function unescaped(text: string): string {
  return text.replace(/\\(?:u([0-9a-f]{4})|x([0-9a-f]{2})|([^]))/gi, (_all, ...parts: string[]) => {
    const [unicode, hex, sign = ''] = parts;
    const code = unicode ?? hex;
    if (code !== undefined) return String.fromCharCode(parseInt(code, 16));
    return /[nrt]/.test(sign) ? ' ' : sign;
  });
}
