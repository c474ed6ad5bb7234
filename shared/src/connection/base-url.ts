import ipaddr from 'ipaddr.js';
import { quote } from '../errors/quote';
import { refuse } from '../errors/refuse';

/** Where plain http is let through: to hosts that only this network can reach, to this machine, or nowhere. */
export type PlainHttp = 'private' | 'loopback' | 'never';

const API_ROOT = '/api/v1';
const EXAMPLE = 'https://api.dograh.com';
/** One service under two names: the documentation uses either. */
const HOSTED = new Set(['https://api.dograh.com', 'https://app.dograh.com']);
const PATH_PREFIX = /^(\/[A-Za-z0-9._~-]+)*$/;

/** The address of one Dograh; every request's URL is made by {@link BaseUrl.resolve}. */
export class BaseUrl {
  private constructor(
    /** Scheme, host and port, for example `https://api.dograh.com`. */
    readonly origin: string,
    /** Path in front of `/api/v1` when Dograh lives behind a reverse proxy; otherwise empty. */
    readonly pathPrefix: string,
  ) {}

  /**
   * Accepts an origin, an origin with `/api/v1`, or an origin under a path prefix.
   * @throws InvalidInputError for anything else, and for plain http where `plainHttp` forbids it.
   */
  static parse(value: unknown, plainHttp: PlainHttp): BaseUrl {
    const text = typeof value === 'string' ? value.trim().replace(/\/+$/, '') : '';
    if (text === '') {
      throw refuse('The base URL is empty.', `Enter the address of your Dograh, e.g. ${EXAMPLE}.`);
    }
    const url = parseUrl(text);
    if (url === undefined) {
      // Not quoted: what stands in the wrong field may well be the API key.
      throw refuse(
        'The base URL is not a web address.',
        `Enter it with its scheme, e.g. ${EXAMPLE}.`,
      );
    }
    refuseExtras(url, text);
    refusePlainHttp(url, plainHttp);
    return new BaseUrl(url.origin, pathPrefixOf(url));
  }

  get host(): string {
    return new URL(this.origin).host;
  }

  /** Where people look at the hosted service; null for a Dograh of one's own, whose dashboard may be anywhere. */
  get dashboard(): string | null {
    return HOSTED.has(this.origin) ? 'https://app.dograh.com' : null;
  }

  /** @param path a path below `/api/v1`, starting with a slash. */
  resolve(path: `/${string}`): string {
    return `${this.origin}${this.pathPrefix}${API_ROOT}${path}`;
  }

  /** The part of `url` below `/api/v1`, when `url` lies within this Dograh; otherwise undefined. */
  pathWithin(url: URL): string | undefined {
    if (!this.isSameService(url)) return undefined;
    const root = `${this.pathPrefix}${API_ROOT}/`;
    return url.pathname.startsWith(root) ? url.pathname.slice(root.length - 1) : undefined;
  }

  isSameService(url: URL): boolean {
    return url.origin === this.origin || (HOSTED.has(url.origin) && HOSTED.has(this.origin));
  }
}

/** A URL without the leniency of browsers, which would drop line breaks and turn backslashes around. */
export function parseUrl(text: string): URL | undefined {
  if (!/^https?:\/\//i.test(text) || /[\s\\\x00-\x1f\x7f]/.test(text)) return undefined;
  return URL.canParse(text) ? new URL(text) : undefined;
}

function refuseExtras(url: URL, text: string): void {
  if (url.username !== '' || url.password !== '') {
    throw refuse(
      'The base URL contains a user name or password.',
      `Remove everything before the @. The API key has a field of its own.`,
    );
  }
  if (/[?#]/.test(text)) {
    throw refuse(
      'The base URL contains a query or a fragment.',
      `Remove everything from the ? or # on, e.g. ${EXAMPLE}.`,
    );
  }
}

function refusePlainHttp(url: URL, plainHttp: PlainHttp): void {
  if (url.protocol === 'https:') return;
  const host = url.hostname;
  if (plainHttp !== 'never' && isLoopback(host)) return;
  if (plainHttp === 'private' && isPrivate(host)) return;
  throw refuse(
    `The base URL uses http, which would send the API key to ${host} unencrypted.`,
    `Use https://${url.host}.`,
  );
}

function pathPrefixOf(url: URL): string {
  const path = url.pathname.replace(/\/+$/, '');
  const prefix = path.endsWith(API_ROOT) ? path.slice(0, -API_ROOT.length) : path;
  if (`${prefix}/`.includes(`${API_ROOT}/`)) {
    throw refuse(
      'The base URL goes on after /api/v1, as an API Trigger URL does.',
      `Enter only the address of Dograh itself, e.g. ${url.origin}.`,
    );
  }
  if (!PATH_PREFIX.test(prefix)) {
    throw refuse(
      `The base URL contains the path ${quote(prefix)}, which Dograh cannot be served under.`,
      `Enter only the address of Dograh itself, e.g. ${url.origin}.`,
    );
  }
  return prefix;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || addressRange(host) === 'loopback';
}

const PRIVATE_RANGES = new Set(['private', 'uniqueLocal', 'linkLocal', 'carrierGradeNat']);
const PRIVATE_SUFFIXES = ['.local', '.internal', '.lan', '.home.arpa'];

/** Names without a dot are those of containers and of machines on the same network. */
function isPrivate(host: string): boolean {
  const range = addressRange(host);
  if (range !== undefined) return PRIVATE_RANGES.has(range);
  return !host.includes('.') || PRIVATE_SUFFIXES.some((suffix) => host.endsWith(suffix));
}

function addressRange(host: string): string | undefined {
  const address = host.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(address) ? ipaddr.process(address).range() : undefined;
}
