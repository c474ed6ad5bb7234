import { createServer, type IncomingMessage } from 'node:http';
import { listen } from '../../tools/support/servers';

/** Replaces Zapier's file storage in tests: tells the app where to upload a file, and keeps the file. */
export interface FileStore {
  /** Added to the event of a step, so that the app finds this storage. */
  readonly event: { readonly rpc_base: string };
  readonly files: readonly StoredFile[];
  /** Whether anything that was received contains the text. */
  received(text: string): boolean;
  stop(): Promise<void>;
}

export interface StoredFile {
  readonly url: string;
  readonly fileName: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
}

export async function startFileStore(): Promise<FileStore> {
  const files: StoredFile[] = [];
  const received: string[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      received.push(request.url ?? '', JSON.stringify(request.rawHeaders), body.toString('latin1'));
      if (request.url === '/rpc') {
        const { id, method } = JSON.parse(body.toString()) as { id: string; method: string };
        const result = {
          url: `${listening.url}/files/`,
          fields: { key: `${files.length}`, method },
        };
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify({ id, result }));
        return;
      }
      files.push(fileIn(body, `${listening.url}/files/${files.length}`));
      response.writeHead(204).end();
    });
  });
  const listening = await listen(server);
  // Zapier's core uploads only with a deploy key or a token. With a token, it would also send its log to Zapier.
  process.env['ZAPIER_DEPLOY_KEY'] = 'of-nobody';
  return {
    event: { rpc_base: `${listening.url}/rpc` },
    files,
    received: (text) => received.some((part) => part.includes(text)),
    stop: () => {
      delete process.env['ZAPIER_DEPLOY_KEY'];
      return listening.stop();
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** The file is the last part of the form. */
function fileIn(form: Buffer, url: string): StoredFile {
  const text = form.toString('latin1');
  const boundary = text.slice(0, text.indexOf('\r\n'));
  const head = text.indexOf('name="file"');
  const start = text.indexOf('\r\n\r\n', head) + 4;
  const headers = text.slice(head, start);
  return {
    url,
    fileName: /filename="([^"]*)"/.exec(headers)?.[1] ?? '',
    mimeType: /content-type: (.*)\r/i.exec(headers)?.[1] ?? '',
    bytes: form.subarray(start, text.lastIndexOf(`\r\n${boundary}--`)),
  };
}
