import type { Certificates } from '../wire/certificates';
import type { Connection } from '../wire/connection';
import { startWireServer, type ServerBehavior, type Encryption } from '../wire/wire-server';
import { INTERRUPTED, TIMED_OUT, type Situation } from './situation';

export const TLS_VERSIONS = ['TLSv1.2', 'TLSv1.3'] as const;
export type TlsVersion = (typeof TLS_VERSIONS)[number];

const FAILED = { fault: 'tls', sent: 'no', read: 'nothing' } as const;
const REFUSED_IN_PLAIN_TEXT = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n';
const FATAL_ALERT = '\x15\x03\x03\x00\x02\x02\x28';
const HALF_A_HELLO = '\x16\x03\x03\x00\x7a\x02';

const BAD_CERTIFICATES: readonly (readonly [keyof Certificates, string, RegExp])[] = [
  ['selfSigned', 'that is self-signed', /^DEPTH_ZERO_SELF_SIGNED_CERT$/],
  ['ofUnknownAuthority', 'of an unknown authority', /^UNABLE_TO_VERIFY_LEAF_SIGNATURE$/],
  ['withUnknownAuthority', 'sent with its unknown authority', /^SELF_SIGNED_CERT_IN_CHAIN$/],
  ['forAnotherName', 'for another name', /^ERR_TLS_CERT_ALTNAME_INVALID$/],
  ['expired', 'that has expired', /^CERT_HAS_EXPIRED$/],
  ['notYetValid', 'that is not valid yet', /^CERT_NOT_YET_VALID$/],
];

/** The TLS handshake fails. */
export function failedHandshakes(certificates: Promise<Certificates>): readonly Situation[] {
  return [
    ...[
      ['TLS spoken to a port of plain HTTP', REFUSED_IN_PLAIN_TEXT],
      ['a handshake refused with an alert', FATAL_ALERT],
    ].map(
      ([name = '', text = '']): Situation => ({
        name,
        start: answeringHello(async (connection) => {
          await connection.write(text);
          connection.close();
        }),
        outcome: { ...FAILED, code: /^EPROTO$/ },
      }),
    ),
    {
      name: 'a server that only knows TLS 1.1',
      start: async () =>
        startWireServer((connection) => connection.readRequest(), {
          ...(await certificates).good,
          minVersion: 'TLSv1.1',
          maxVersion: 'TLSv1.1',
          // By default, OpenSSL refuses versions this old.
          ciphers: 'DEFAULT@SECLEVEL=0',
        }),
      outcome: { ...FAILED, code: /^EPROTO$/ },
    },
    ...TLS_VERSIONS.flatMap((version) =>
      BAD_CERTIFICATES.map(
        ([certificate, what, code]): Situation => ({
          name: `${version}: a certificate ${what}`,
          start: async () =>
            startWireServer((connection) => connection.readRequest(), {
              ...only(version),
              ...(await certificates)[certificate],
            }),
          outcome: { ...FAILED, code },
        }),
      ),
    ),
    // To the transports, a connection that ends looks the same before and after the handshake.
    ...(
      [
        [
          'a reset instead of a handshake',
          (connection) => {
            connection.reset();
          },
        ],
        [
          'a normal close instead of a handshake',
          (connection) => {
            connection.close();
          },
        ],
        [
          'half of a handshake, then a reset',
          async (connection) => {
            await connection.write(HALF_A_HELLO);
            connection.reset();
          },
        ],
        [
          'half of a handshake, then a normal close',
          async (connection) => {
            await connection.write(HALF_A_HELLO);
            connection.close();
          },
        ],
      ] as const satisfies readonly (readonly [string, ServerBehavior])[]
    ).map(
      ([name, behavior]): Situation => ({
        name,
        start: answeringHello(behavior),
        outcome: { ...INTERRUPTED, read: 'nothing' },
      }),
    ),
    {
      name: 'silence instead of a handshake',
      start: answeringHello(() => undefined),
      outcome: { ...TIMED_OUT, read: 'nothing' },
    },
    {
      name: 'plain HTTP spoken to a port of TLS',
      start: async () => {
        const { good } = await certificates;
        const server = await startWireServer((connection) => connection.readRequest(), good);
        return { ...server, url: server.url.replace('https:', 'http:') };
      },
      // The server decrypts bytes that are no request.
      outcome: { ...INTERRUPTED, read: 'nothing' },
    },
  ];
}

/** The connection fails after the TLS handshake. */
export function brokenTls(certificates: Promise<Certificates>): readonly Situation[] {
  return TLS_VERSIONS.flatMap((version): Situation[] => {
    const afterReading =
      (behavior: ServerBehavior): Situation['start'] =>
      async () =>
        startWireServer(
          async (connection) => {
            await connection.readRequest();
            await behavior(connection);
          },
          { ...only(version), ...(await certificates).good },
        );
    const lost = { ...INTERRUPTED, read: 'whole' } as const;
    return [
      {
        name: `${version}: a server that asks for a certificate of the client's`,
        start: async () =>
          startWireServer((connection) => connection.readRequest(), {
            ...only(version),
            ...(await certificates).good,
            asksForCertificate: true,
          }),
        // Since TLS 1.3, the client completes the handshake and writes before the server refuses it.
        outcome:
          version === 'TLSv1.2'
            ? { ...FAILED, code: /^EPROTO$/ }
            : { ...INTERRUPTED, read: 'nothing' },
      },
      {
        name: `${version}: a reset after the whole request is read`,
        start: afterReading((connection) => {
          connection.reset();
        }),
        outcome: lost,
      },
      {
        name: `${version}: a normal close after the whole request is read`,
        start: afterReading((connection) => {
          connection.close();
        }),
        outcome: lost,
      },
      {
        name: `${version}: a close without TLS’s close message after the whole request is read`,
        start: afterReading((connection) => {
          connection.drop();
        }),
        outcome: lost,
      },
      {
        name: `${version}: silence after the whole request is read`,
        start: afterReading(() => undefined),
        outcome: { ...TIMED_OUT, read: 'whole' },
      },
      {
        name: `${version}: plain text after the whole request is read`,
        start: afterReading((connection) => connection.writeToWire(REFUSED_IN_PLAIN_TEXT)),
        outcome: lost,
      },
      {
        name: `${version}: an alert in plain text after the whole request is read`,
        start: afterReading((connection) => connection.writeToWire(FATAL_ALERT)),
        outcome: lost,
      },
      {
        name: `${version}: plain text in the middle of the answer`,
        start: afterReading(async (connection) => {
          await connection.write(
            'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"workflow_run_id":7,',
          );
          await connection.writeToWire(REFUSED_IN_PLAIN_TEXT);
        }),
        outcome: lost,
      },
    ];
  });
}

export function only(version: TlsVersion): Encryption {
  return { minVersion: version, maxVersion: version };
}

/** A server without TLS, to which the client speaks TLS. */
function answeringHello(behavior: ServerBehavior): Situation['start'] {
  return async () => {
    const server = await startWireServer(async (connection: Connection) => {
      await connection.readAnything();
      await behavior(connection);
    });
    return { ...server, url: server.url.replace('http:', 'https:') };
  };
}
