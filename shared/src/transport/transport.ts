/** One request. It never holds the API key, so it may be shown, logged and compared. */
export interface TransportRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Sent as JSON. */
  readonly body?: object;
  /** `api-key`: the transport adds the key's header. `none`: the key must not be on this request. */
  readonly credential: 'api-key' | 'none';
  /** For the whole exchange, from connecting to the last byte; of a stream, to its headers. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** The body of a 200 comes as a {@link ByteStream}, to be read at the reader's pace. Any other is as always. */
  readonly as?: 'stream' | undefined;
}

/** A Node stream, as far as it is known here: the rules of n8n keep its class from being imported. */
export interface ByteStream extends AsyncIterable<Uint8Array> {
  destroy(): unknown;
}

export interface TransportResponse {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed where it is JSON; otherwise the text, or the stream that was asked for. */
  readonly body: unknown;
}

/**
 * The port through which this client reaches the network; each host has its own.
 *
 * An adapter returns every status as a response, follows no redirect (hosts' HTTP helpers would take the key
 * along to another origin), sends each request exactly once, and throws nothing but {@link TransportError}.
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

/** No whole answer came. `sent` tells whether the request can have left this machine. */
export class TransportError extends Error {
  override readonly name = 'TransportError';

  constructor(
    readonly fault: NetworkFault,
    readonly sent: 'no' | 'maybe',
    /** The system's or the library's code, e.g. `ECONNREFUSED`. */
    readonly code: string,
  ) {
    super(`${fault} (${code})`);
  }

  /**
   * @param code as Node and its HTTP libraries set it. Only a refused connection, a name without address and a
   * failed TLS handshake prove that nothing was sent; a reset or a time limit looks the same before and after.
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
 * OpenSSL's verification results, Node's names for them, and EPROTO: a write that failed, so that the server
 * cannot have got the whole request. OpenSSL's own ERR_SSL_ codes also come from a stream that breaks later.
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
