import { createServer, type IncomingHttpHeaders } from 'node:http';
import { listen, type Listening } from '../../tools/support/servers';

/** What the host of files answers. */
export interface HostedFile {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** The connection is cut off after the body. */
  readonly isCutOff?: boolean;
  /** Nothing comes after the headers. */
  readonly isSilent?: boolean;
}

/** A host of files that is not Dograh's. It must never receive the API key. */
export interface FileHost extends Listening {
  readonly received: { readonly path: string; readonly headers: IncomingHttpHeaders }[];
  /** @returns the address of the file */
  put(path: `/${string}`, file: HostedFile): string;
}

export async function startFileHost(): Promise<FileHost> {
  const files = new Map<string, HostedFile>();
  const received: FileHost['received'] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    received.push({ path, headers: request.headers });
    const { status = 200, headers, body = '', ...ending } = files.get(path) ?? { status: 404 };
    response.writeHead(status, { 'content-type': 'text/csv', ...headers });
    if (ending.isSilent === true) response.flushHeaders();
    else if (ending.isCutOff === true) response.write(body, () => response.destroy());
    else response.end(body);
  });
  const listening = await listen(server);
  return {
    ...listening,
    received,
    put(path, file) {
      files.set(path, file);
      return `${listening.url}${path}`;
    },
  };
}
