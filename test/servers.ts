import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { createServer as createPlainServer } from 'node:net';

export interface Listening {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  readonly url: string;
  stop(): Promise<void>;
}

/** Another origin: answers everything with 200 and remembers who asked. */
export async function startOtherOrigin(): Promise<
  Listening & { readonly received: readonly IncomingMessage[] }
> {
  const received: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    received.push(request);
    response.setHeader('content-type', 'text/html').end('<!doctype html><html>a page</html>');
  });
  return { ...(await listen(server)), received };
}

/** The address of a port on which nothing listens. */
export async function closedPort(): Promise<string> {
  const listening = await listen(createPlainServer());
  await listening.stop();
  return listening.url;
}

async function listen(server: Server): Promise<Listening> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  return {
    host,
    url: `http://${host}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        if ('closeAllConnections' in server) (server.closeAllConnections as () => void)();
      }),
  };
}
