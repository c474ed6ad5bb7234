import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { createServer as createPlainServer } from 'node:net';

export interface Listening {
  /** `127.0.0.1:PORT` */
  readonly host: string;
  readonly url: string;
  stop(): Promise<void>;
}

/** A server that is not Dograh's. It records its requests. An API key must never reach it. */
export interface OtherOrigin extends Listening {
  readonly received: readonly { readonly path: string; readonly headers: IncomingHttpHeaders }[];
}

interface SameAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Responds to all requests in the same way, by default with a web page. */
export async function startOtherOrigin({
  status = 200,
  headers = { 'content-type': 'text/html' },
  body = '<!doctype html><html>a page</html>',
}: SameAnswer = {}): Promise<OtherOrigin> {
  const received: { path: string; headers: IncomingHttpHeaders }[] = [];
  const server = createServer((request, response) => {
    received.push({ path: request.url ?? '', headers: request.headers });
    response.writeHead(status, headers).end(body);
  });
  return { ...(await listen(server)), received };
}

/** The address of a port on which nothing listens. */
export async function closedPort(): Promise<string> {
  const listening = await listen(createPlainServer());
  await listening.stop();
  return listening.url;
}

/** Starts a server on loopback, on a free port. */
export async function listen(server: Server): Promise<Listening> {
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
