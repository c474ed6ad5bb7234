import { InvalidInputError } from '../errors/dograh-error';
import { cleanValue, withoutMarks } from '../input/text';
import { shortHash } from './short-hash';

/** The only place where Dograh accepts the key. */
const API_KEY_HEADER = 'X-API-Key';

/** So a fingerprint is not the beginning of a hash that another program may store. */
const FINGERPRINT_PREFIX = 'dograh-automation API key ';

const REPLACEMENT = '[API key]';
/** Dograh's keys are longer. A shorter text would be found in other words. */
const MIN_KEY_LENGTH = 8;
/** This many characters of the key are nowhere by chance. */
const CERTAIN_LENGTH = 12;
/** How an error names invisible marks inside a quoted text. */
const NAMED_MARKS = /"(?: U\+[0-9A-F]{4,6})+ "/g;

/** Enough for a variable of 100 levels in a list of runs. A hostile value must not exhaust the stack. */
const MAX_DEPTH = 110;

/** Numbers that identify the keys of this process. */
const numbers = new Map<string, number>();

/** An API key that no log, template string or JSON can show. */
export class ApiKey {
  readonly #value: string;
  /** A text without any of them contains neither the key nor a part of it. In lower case. */
  readonly #beginnings: readonly string[];
  #pattern: RegExp | undefined;

  private constructor(value: string) {
    this.#value = value;
    const beginnings = formsOf(value).map((form) => form.slice(0, MIN_KEY_LENGTH).toLowerCase());
    this.#beginnings = [...new Set(beginnings)];
  }

  /** @throws InvalidInputError if the key is empty or cannot be sent in an HTTP header */
  static parse(pasted: unknown): ApiKey {
    const value = cleanValue(pasted);
    if (typeof value !== 'string' || value === '') {
      throw new InvalidInputError({
        message: 'API Key is empty.',
        hint: 'Create a key in the Dograh dashboard under API Keys and paste it here.',
      });
    }
    if (!/^[\x21-\x7e]+$/.test(value)) {
      throw new InvalidInputError({
        message: `API Key contains ${oddCharacter(value)}, which cannot be part of a key.`,
        hint: 'Copy only the key again from the Dograh dashboard under API Keys.',
      });
    }
    return new ApiKey(value);
  }

  /** The header that authenticates a request. Nothing else returns the key. */
  header(): Record<typeof API_KEY_HEADER, string> {
    return { [API_KEY_HEADER]: this.#value };
  }

  /** Identifies the key within this process without revealing it. */
  get number(): number {
    const number = numbers.get(this.#value) ?? numbers.size;
    numbers.set(this.#value, number);
    return number;
  }

  /** Identifies the key in every process without revealing it: 8 hex digits. Hosts store it, so it must never change. */
  fingerprint(): Promise<string> {
    return shortHash(`${FINGERPRINT_PREFIX}${this.#value}`);
  }

  /** The text without the key and, if the text was cut off, without a part of the key. Case does not count. */
  redact(text: string): string {
    const visible = visiblePart(text);
    // The marks stay unless they hide the key.
    const shown = visible !== text && this.#isInPlain(visible) ? visible : text;
    return this.#mayBeIn(shown) ? shown.replace(this.#keyPattern(), REPLACEMENT) : shown;
  }

  /** A copy of plain data without the key in its texts and names. Values that are too deep become null. */
  redactIn<T>(value: T): T {
    // A text this short is not a key, and would be found in phone numbers and dates.
    return this.#value.length < MIN_KEY_LENGTH ? value : (this.#withoutKey(value) as T);
  }

  /** Whether `text` contains the key, with or without invisible marks inside it. */
  isIn(text: string): boolean {
    return this.#value.length >= MIN_KEY_LENGTH && this.#isInPlain(visiblePart(text));
  }

  #isInPlain(text: string): boolean {
    return this.#mayBeIn(text) && text.search(this.#keyPattern()) >= 0;
  }

  /** A fast check, because every text of every result is searched. */
  #mayBeIn(text: string): boolean {
    const lowerCased = text.toLowerCase();
    return this.#beginnings.some((beginning) => lowerCased.includes(beginning));
  }

  /** Created at the first use: n8n reads the credential again for each request, and most keys are only sent. */
  #keyPattern(): RegExp {
    return (this.#pattern ??= patternOf(this.#value));
  }

  #withoutKey(value: unknown, depth = 0): unknown {
    if (typeof value === 'string') return this.redact(value);
    if (typeof value !== 'object' || value === null) return value;
    if (depth > MAX_DEPTH) return null;
    if (Array.isArray(value)) return value.map((item) => this.#withoutKey(item, depth + 1));
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [
        this.redact(name),
        this.#withoutKey(item, depth + 1),
      ]),
    );
  }

  toString(): string {
    return REPLACEMENT;
  }

  toJSON(): string {
    return REPLACEMENT;
  }
}

/** The text without marks that may hide the key, whether they are in it or an error named them. */
function visiblePart(text: string): string {
  const unnamed = text.includes('" U+') ? text.replace(NAMED_MARKS, '') : text;
  // Most texts are long and have no mark. This check is the fastest one.
  return /[^\x00-\x7f]/.test(unnamed) ? withoutMarks(unnamed) : unnamed;
}

function oddCharacter(value: string): string {
  if (/[\r\n]/.test(value)) return 'a line break';
  return /\s/.test(value) ? 'a space' : 'a character outside ASCII';
}

/** The key as it is, and escaped for JSON and for a URL. */
function formsOf(key: string): string[] {
  return [key, JSON.stringify(key).slice(1, -1), encodeURIComponent(key), encodeURI(key)];
}

/** The key in any form, or its beginning. A short beginning counts only before `…`, where the text was cut off. */
function patternOf(key: string): RegExp {
  const beginnings = Array.from({ length: Math.max(0, key.length - MIN_KEY_LENGTH) }, (_, cut) =>
    key.slice(0, key.length - 1 - cut),
  );
  const whole = [...new Set(formsOf(key))].map(escapeForPattern);
  const cutOff = beginnings.map((beginning) =>
    beginning.length < CERTAIN_LENGTH
      ? `${escapeForPattern(beginning)}(?=…)`
      : escapeForPattern(beginning),
  );
  return new RegExp([...whole, ...cutOff].join('|'), 'gi');
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
