import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDocument } from '../../../tools/contract/read-document';
import { timeLimits } from '../../support/host-time';

const folder = mkdtempSync(join(tmpdir(), 'contract-'));

function file(text: string): string {
  const path = join(folder, 'document');
  writeFileSync(path, text);
  return path;
}

async function served(listener: RequestListener): Promise<unknown> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await readDocument(`http://127.0.0.1:${String(port)}/openapi.json`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const document = { openapi: '3.1.0', paths: {} };

describe('a document is read', () => {
  it('from a JSON file', async () => {
    expect(await readDocument(file(JSON.stringify(document)))).toEqual(document);
  });

  it('from a YAML file', async () => {
    expect(await readDocument(file('openapi: "3.1.0"\npaths: {}\n'))).toEqual(document);
  });

  it('from a server', async () => {
    const read = await served((_request, response) => response.end(JSON.stringify(document)));
    expect(read).toEqual(document);
  });
});

describe('the error says why a document cannot be read', () => {
  it.each([
    ['{"openapi": ', 'is neither JSON nor YAML'],
    ['just a text', 'is not an OpenAPI document'],
    ['[]', 'is not an OpenAPI document'],
    ['{"swagger": "2.0", "paths": {}}', 'is Swagger 2. Give an OpenAPI 3 document.'],
    ['{"openapi": "3.1.0"}', 'lacks "openapi: 3.…" or "paths"'],
    ['{"paths": {}}', 'lacks "openapi: 3.…" or "paths"'],
  ])('%s', async (text, sentence) => {
    await expect(readDocument(file(text))).rejects.toThrow(sentence);
  });

  it('if there is no such file', async () => {
    await expect(readDocument(join(folder, 'none'))).rejects.toThrow('none cannot be read: ENOENT');
  });

  it('if the server refuses', async () => {
    const reading = served((_request, response) => response.writeHead(403).end());
    await expect(reading).rejects.toThrow('cannot be read: the server answered 403');
  });

  it('if the server does not respond', async () => {
    const reading = served(() => {
      timeLimits.pass();
    });
    await expect(reading).rejects.toThrow('cannot be read: it took too long');
  });

  it('if the server closes the connection', async () => {
    const reading = served((request) => request.socket.destroy());
    await expect(reading).rejects.toThrow('cannot be read: UND_ERR_SOCKET');
  });
});
