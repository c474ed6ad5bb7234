import { createServer, type Socket } from 'node:net';
import { createSecureContext, TLSSocket, type SecureContextOptions } from 'node:tls';
import { listen } from '../../../tools/support/servers';
import { Connection } from './connection';
import type { Account, Destination, Read } from './destination';

/** A server's actions on each connection. */
export type ServerBehavior = (connection: Connection) => unknown;

export interface Encryption extends SecureContextOptions {
  /** Whether the server requires a certificate of the client. No transport has one. */
  readonly asksForCertificate?: boolean;
}

/** A server whose every byte and every close the test chooses. It uses TLS if an encryption is given. */
export async function startWireServer(
  behavior: ServerBehavior,
  encryption?: Encryption,
): Promise<Destination> {
  const connections: Connection[] = [];
  let onDone = (): void => undefined;
  const done = new Promise<void>((resolve) => {
    onDone = resolve;
  });
  const encrypt = encryption && encryptor(encryption);
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (wire) => {
    const connection = new Connection(wire, encrypt?.(wire) ?? wire);
    connections.push(connection);
    void Promise.resolve(behavior(connection)).then(onDone);
  });
  const listening = await listen(server);
  return {
    url: `${encryption === undefined ? 'http' : 'https'}://${listening.host}`,
    done,
    account: () => accountOf(connections),
    stop: () => {
      for (const connection of connections) connection.drop();
      return listening.stop();
    },
  };
}

function encryptor({
  asksForCertificate = false,
  ...options
}: Encryption): (wire: Socket) => TLSSocket {
  const secureContext = createSecureContext(options);
  return (wire) =>
    new TLSSocket(wire, {
      isServer: true,
      secureContext,
      requestCert: asksForCertificate,
      rejectUnauthorized: asksForCertificate,
    });
}

async function accountOf(connections: readonly Connection[]): Promise<Account> {
  const letGo = await Promise.all(connections.map((connection) => connection.readToTheEnd()));
  const read = connections.map((connection) => connection.read);
  return {
    connections: connections.length,
    requests: read.filter((part) => part !== 'nothing').length,
    read: (['whole', 'part'] satisfies Read[]).find((most) => read.includes(most)) ?? 'nothing',
    letGo: letGo.every(Boolean),
  };
}
