import { InvalidInputError } from '../errors/dograh-error';

/** The header that carries the key; Dograh knows no other place for it. */
const API_KEY_HEADER = 'X-API-Key';

const SHOWN_INSTEAD = '[API key]';
/** Shorter ones are no keys of Dograh's, and would be found in every other sentence. */
const MIN_KEY_LENGTH = 8;
/** So many characters stand nowhere by chance, whatever follows. */
const TELLING_BEGINNING = 12;

/** Enough for a variable of 100 levels in a list of runs. A hostile value must not exhaust the stack. */
const MAX_DEPTH = 110;

/** Numbers for the keys of this process, to tell one from another by. */
const numbers = new Map<string, number>();

/** A key that can be sent, and that no log, template string or JSON can show. */
export class ApiKey {
  readonly #value: string;
  /** Where none of them stands, the key does not, whole or cut off. In lower case. */
  readonly #beginnings: readonly string[];
  #pattern: RegExp | undefined;

  private constructor(value: string) {
    this.#value = value;
    const beginnings = formsOf(value).map((form) => form.slice(0, MIN_KEY_LENGTH).toLowerCase());
    this.#beginnings = [...new Set(beginnings)];
  }

  /**
   * @throws InvalidInputError when the key is empty or could not stand in an HTTP header as it is. It is not
   * trimmed: n8n sends the stored value itself, so what is checked here must be what is sent there.
   */
  static parse(value: unknown): ApiKey {
    if (typeof value !== 'string' || value === '') {
      throw new InvalidInputError({
        message: 'The API key is empty.',
        hint: 'Create a key in the Dograh dashboard under API Keys and paste it here.',
      });
    }
    if (!/^[\x21-\x7e]+$/.test(value)) {
      throw new InvalidInputError({
        message: `The API key contains ${oddCharacter(value)}, which cannot be part of a key.`,
        hint: 'Copy the key again in the Dograh dashboard under API Keys and paste it without anything around it.',
      });
    }
    return new ApiKey(value);
  }

  /** The header that authenticates a request. The only way to get at the key. */
  header(): Record<typeof API_KEY_HEADER, string> {
    return { [API_KEY_HEADER]: this.#value };
  }

  /** The same for the same key, within this process; says nothing about it. */
  get number(): number {
    const number = numbers.get(this.#value) ?? numbers.size;
    numbers.set(this.#value, number);
    return number;
  }

  /** `text` without the key, or what is left of it where the text was cut off. Case does not count. */
  redact(text: string): string {
    return this.#mayBeIn(text) ? text.replace(this.#whereItIs(), SHOWN_INSTEAD) : text;
  }

  /** A copy of plain data without the key in any of its texts and names, and without what lies too deep. */
  redactIn<T>(value: T): T {
    // A key too short to be one would be found in phone numbers and dates.
    return this.#value.length < MIN_KEY_LENGTH ? value : (this.#withoutKey(value) as T);
  }

  /** Whether `text` contains the key. */
  isIn(text: string): boolean {
    return (
      this.#value.length >= MIN_KEY_LENGTH &&
      this.#mayBeIn(text) &&
      text.search(this.#whereItIs()) >= 0
    );
  }

  /** Every text of every result is searched; hardly any has as much as the beginning of the key. */
  #mayBeIn(text: string): boolean {
    const lowerCased = text.toLowerCase();
    return this.#beginnings.some((beginning) => lowerCased.includes(beginning));
  }

  /** Made when it is needed first: n8n reads the credential anew for each request, and most keys are only sent. */
  #whereItIs(): RegExp {
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
    return SHOWN_INSTEAD;
  }

  toJSON(): string {
    return SHOWN_INSTEAD;
  }
}

function oddCharacter(value: string): string {
  if (/[\r\n]/.test(value)) return 'a line break';
  return /\s/.test(value) ? 'a space' : 'a character outside ASCII';
}

/** The key plain, and as it stands inside JSON or a URL. */
function formsOf(key: string): string[] {
  return [key, JSON.stringify(key).slice(1, -1), encodeURIComponent(key), encodeURI(key)];
}

/** The key in any of its forms; or its beginning, which is shorter in front of a cut. */
function patternOf(key: string): RegExp {
  const beginnings = Array.from({ length: Math.max(0, key.length - MIN_KEY_LENGTH) }, (_, cut) =>
    key.slice(0, key.length - 1 - cut),
  );
  const whole = [...new Set(formsOf(key))].map(escapeForPattern);
  const cutOff = beginnings.map((beginning) =>
    beginning.length < TELLING_BEGINNING
      ? `${escapeForPattern(beginning)}(?=…)`
      : escapeForPattern(beginning),
  );
  return new RegExp([...whole, ...cutOff].join('|'), 'gi');
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
}
