import { inputError } from '../errors/input-error';
import { cleanText } from '../input/text';

/** A field of a credential that contains a web address. */
export interface AddressField {
  /** The label in the form, e.g. `Base URL`. */
  readonly label: string;
  readonly example: string;
}

const PATH_PREFIX = /^(\/[A-Za-z0-9._~-]+)*$/;

/** Strict: a browser would drop line breaks and replace backslashes. */
export function parseUrl(text: string): URL | undefined {
  if (!/^https?:\/\//i.test(text) || /[\s\\\x00-\x1f\x7f]/.test(text)) return undefined;
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** The cleaned text without slashes at its end. Empty if the value is not a text. */
export function cleanAddress(value: unknown): string {
  return typeof value === 'string' ? cleanText(value).replace(/\/+$/, '') : '';
}

/**
 * The address of a server, with or without a path.
 * @throws InvalidInputError for anything else
 */
export function parseAddress(text: string, { label, example }: AddressField): URL {
  const url = parseUrl(text);
  if (url === undefined) {
    // Not quoted, because the user may have pasted the API key into this field.
    throw inputError(`${label} is not a web address.`, `Enter the whole address, e.g. ${example}.`);
  }
  if (url.username !== '' || url.password !== '') {
    throw inputError(
      `${label} contains a user name or password.`,
      'Remove everything before the @. Enter the API key in API Key.',
    );
  }
  if (/[?#]/.test(text)) {
    throw inputError(
      `${label} contains a query or a fragment.`,
      `Remove the ? or # and everything after it, e.g. ${example}.`,
    );
  }
  return url;
}

/** @throws InvalidInputError if no URL can be created below the path */
export function assertUsablePath(path: string, url: URL, { label }: AddressField): void {
  if (PATH_PREFIX.test(path)) return;
  // Not quoted either, because it may contain the API key with percent signs.
  throw inputError(
    `${label} contains a path that is not valid.`,
    `Enter only the address of Dograh, e.g. ${url.origin}.`,
  );
}
