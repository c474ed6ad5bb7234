import { TransportError } from '@dograh/shared';

describe('the code of a failed request', () => {
  it.each([
    ['ECONNREFUSED', 'refused', 'no'],
    ['ENOTFOUND', 'unresolvable', 'no'],
    ['EAI_AGAIN', 'unresolvable', 'no'],
    ['EPROTO', 'tls', 'no'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls', 'no'],
    ['CERT_HAS_EXPIRED', 'tls', 'no'],
    ['ERR_INVALID_CHAR', 'invalid-request', 'no'],
    ['ECONNABORTED', 'timeout', 'maybe'],
    ['ETIMEDOUT', 'timeout', 'maybe'],
    ['ERR_CANCELED', 'cancelled', 'maybe'],
    ['ECONNRESET', 'interrupted', 'maybe'],
    ['EPIPE', 'interrupted', 'maybe'],
    ['EHOSTUNREACH', 'interrupted', 'maybe'],
    ['ERR_BAD_RESPONSE', 'interrupted', 'maybe'],
    ['SOMETHING_NEW', 'interrupted', 'maybe'],
    // In TLS 1.2, plain text may break the stream after the request was read.
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'interrupted', 'maybe'],
    [undefined, 'interrupted', 'maybe'],
  ])('%s: %s, sent: %s', (code, fault, sent) => {
    expect(TransportError.fromCode(code)).toMatchObject({ fault, sent });
  });
});
