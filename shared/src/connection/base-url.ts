import { inputError } from '../errors/input-error';
import { isDashboardPage } from './dashboard-page';
import { parseAddress, assertUsablePath, cleanAddress, type AddressField } from './web-address';
import { isLoopback, isPrivate } from './private-host';

/** Where http is allowed: to hosts that only this network can reach, to this machine, or nowhere. */
export type PlainHttp = 'private' | 'loopback' | 'never';

const API_ROOT = '/api/v1';
const FIELD: AddressField = { label: 'Base URL', example: 'https://api.dograh.com' };
/** The same service: the documentation uses both names. */
const HOSTED = new Set(['https://api.dograh.com', 'https://app.dograh.com']);

/** The address of a Dograh. {@link BaseUrl.resolve} creates the URL of every request. */
export class BaseUrl {
  private constructor(
    /** Scheme, host and port, for example `https://api.dograh.com`. */
    readonly origin: string,
    /** Path before `/api/v1` if Dograh is behind a reverse proxy; otherwise empty. */
    readonly pathPrefix: string,
  ) {}

  /**
   * Accepts an origin, an origin with `/api/v1`, or an origin under a path prefix.
   * @throws InvalidInputError for anything else, and for http if `plainHttp` does not allow it
   */
  static parse(value: unknown, plainHttp: PlainHttp): BaseUrl {
    const text = cleanAddress(value);
    if (text === '') {
      throw inputError(
        'Base URL is empty.',
        `Enter the address of your Dograh, e.g. ${FIELD.example}.`,
      );
    }
    const url = parseAddress(text, FIELD);
    assertHttpAllowed(url, plainHttp);
    return new BaseUrl(url.origin, pathPrefixOf(url));
  }

  get host(): string {
    return new URL(this.origin).host;
  }

  /** Whether it is Dograh's cloud service. Otherwise it is self-hosted. */
  get isHosted(): boolean {
    return HOSTED.has(this.origin);
  }

  /** The same text for all addresses of one Dograh. */
  get service(): string {
    return this.isHosted ? 'hosted' : this.resolve('/');
  }

  /** @param path below `/api/v1`, starting with a slash */
  resolve(path: `/${string}`): string {
    return `${this.origin}${this.pathPrefix}${API_ROOT}${path}`;
  }

  /** The path below `/api/v1` if the URL belongs to this Dograh; otherwise undefined. */
  pathWithin(url: URL): string | undefined {
    if (!this.isSameService(url)) return undefined;
    const root = `${this.pathPrefix}${API_ROOT}/`;
    return url.pathname.startsWith(root) ? url.pathname.slice(root.length - 1) : undefined;
  }

  isSameService(url: URL): boolean {
    return url.origin === this.origin || (HOSTED.has(url.origin) && this.isHosted);
  }
}

function assertHttpAllowed(url: URL, plainHttp: PlainHttp): void {
  if (url.protocol === 'https:') return;
  const host = url.hostname;
  if (plainHttp !== 'never' && isLoopback(host)) return;
  if (plainHttp === 'private' && isPrivate(host)) return;
  throw inputError(
    `Base URL uses http, which would send the API key to ${host} unencrypted.`,
    `Use https://${url.host}.`,
  );
}

function pathPrefixOf(url: URL): string {
  const path = url.pathname.replace(/\/+$/, '');
  if (isDashboardPage(path)) {
    throw inputError(
      'Base URL is the address of a page of the Dograh dashboard.',
      `Enter the address of the Dograh API, e.g. ${FIELD.example}. A self-hosted API has another port than the dashboard, e.g. http://localhost:8000.`,
    );
  }
  const prefix = path.endsWith(API_ROOT) ? path.slice(0, -API_ROOT.length) : path;
  if (`${prefix}/`.includes(`${API_ROOT}/`)) {
    throw inputError(
      'Base URL contains a path after /api/v1, like an API Trigger URL.',
      `Enter only the address of Dograh, e.g. ${url.origin}.`,
    );
  }
  assertUsablePath(prefix, url, FIELD);
  return prefix;
}
