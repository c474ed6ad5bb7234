import { quote } from '../errors/quote';
import { inputError } from '../errors/input-error';

/** A field of a credential that holds a web address, for sentences about it. */
export interface AddressField {
  /** As the form calls it, e.g. `base URL`. */
  readonly name: string;
  readonly example: string;
}

const PATH_PREFIX = /^(\/[A-Za-z0-9._~-]+)*$/;

/** A URL without the leniency of browsers, which would drop line breaks and turn backslashes around. */
export function parseUrl(text: string): URL | undefined {
  if (!/^https?:\/\//i.test(text) || /[\s\\\x00-\x1f\x7f]/.test(text)) return undefined;
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** What was typed, without what people leave around an address; empty where there is none. */
export function trimAddress(value: unknown): string {
  return typeof value === 'string' ? value.trim().replace(/\/+$/, '') : '';
}

/**
 * The address of a server, perhaps under a path, and nothing else.
 * @throws InvalidInputError for anything else
 */
export function parseAddress(text: string, { name, example }: AddressField): URL {
  const url = parseUrl(text);
  if (url === undefined) {
    // Not quoted: what stands in the wrong field may well be the API key.
    throw inputError(
      `The ${name} is not a web address.`,
      `Enter it with its scheme, e.g. ${example}.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw inputError(
      `The ${name} contains a user name or password.`,
      'Remove everything before the @. The API key has a field of its own.',
    );
  }
  if (/[?#]/.test(text)) {
    throw inputError(
      `The ${name} contains a query or a fragment.`,
      `Remove everything from the ? or # on, e.g. ${example}.`,
    );
  }
  return url;
}

/** @throws InvalidInputError for a path that a link below it could not be made of */
export function assertUsablePath(path: string, url: URL, { name }: AddressField): void {
  if (PATH_PREFIX.test(path)) return;
  throw inputError(
    `The ${name} contains the path ${quote(path)}, which Dograh cannot be served under.`,
    `Enter only the address of Dograh itself, e.g. ${url.origin}.`,
  );
}
