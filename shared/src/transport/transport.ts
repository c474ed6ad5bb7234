/** A request. It never contains the API key, so it can be shown and logged. */
export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  /** Sent as JSON. */
  readonly body?: object;
  /** Sent as it is, instead of a body. */
  readonly file?: FileToSend | undefined;
  /** `api-key`: the transport adds the header with the key. `none`: it must not. */
  readonly credential: 'api-key' | 'none';
  /** Limit from connecting to the last byte; for a stream, to its headers. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** `stream`: the body of a 200 is a {@link ByteStream}. The body of any other status is as usual. */
  readonly as?: 'stream' | undefined;
}

export interface FileToSend {
  readonly content: Uint8Array;
  /** The Content-Type. */
  readonly type: string;
}

/** The used part of a Node stream. n8n's rules do not allow an import of its class. */
export interface ByteStream extends AsyncIterable<Uint8Array> {
  destroy(): unknown;
}

export interface TransportResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The value of JSON, or the text, or the requested stream. */
  readonly body: unknown;
}

/**
 * Sends the requests of this client. Each host has its own transport.
 *
 * A transport returns every status as a response, sends each request exactly once, and throws only
 * {@link TransportError}. It follows no redirects, because another origin would get the API key.
 */
export interface Transport {
  send(request: TransportRequest): Promise<TransportResponse>;
}

export type NetworkFault =
  | 'refused'
  | 'unresolvable'
  | 'tls'
  | 'timeout'
  | 'interrupted'
  | 'cancelled'
  | 'invalid-request';

/** There was no complete response. `sent`: whether the request may have left this machine. */
export class TransportError extends Error {
  override readonly name = 'TransportError';

  constructor(
    readonly fault: NetworkFault,
    readonly sent: 'no' | 'maybe',
    /** Code of the system or the HTTP library, e.g. `ECONNREFUSED`. */
    readonly code: string,
  ) {
    super(`${fault} (${code})`);
  }

  /**
   * @param code of Node or its HTTP library. Only a refused connection, an unknown host and a failed TLS handshake prove
   * that nothing was sent. A reset or a timeout does not.
   */
  static fromCode(code: unknown): TransportError {
    const text = typeof code === 'string' ? code : 'UNKNOWN';
    const fault = faultOf(text);
    return new TransportError(fault, NEVER_SENT.has(fault) ? 'no' : 'maybe', text);
  }
}

const NEVER_SENT: ReadonlySet<NetworkFault> = new Set([
  'refused',
  'unresolvable',
  'tls',
  'invalid-request',
]);

function faultOf(code: string): NetworkFault {
  switch (code) {
    case 'ECONNREFUSED':
      return 'refused';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'unresolvable';
    case 'ECONNABORTED':
    case 'ETIMEDOUT':
    case 'ESOCKETTIMEDOUT':
      return 'timeout';
    case 'ERR_CANCELED':
      return 'cancelled';
    case 'ERR_INVALID_CHAR':
    case 'ERR_INVALID_URL':
      return 'invalid-request';
    default:
      return HANDSHAKE_CODES.has(code) ? 'tls' : 'interrupted';
  }
}

/**
 * Codes of OpenSSL's and Node's verification, and EPROTO: a failed write, so the server did not get the whole request.
 * The codes ERR_SSL_ are not here, because a later failure has them too.
 */
const HANDSHAKE_CODES = new Set([
  'EPROTO',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_UNTRUSTED',
  'CERT_SIGNATURE_FAILURE',
  'HOSTNAME_MISMATCH',
]);
