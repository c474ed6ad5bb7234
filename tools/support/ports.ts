import { createServer } from 'node:net';

const LAST = 65535;

/** @throws Error with one sentence for the person at the terminal */
export function readPort(text: string, lowest = 0): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < lowest || port > LAST) {
    throw new Error(`--port takes a number from ${lowest} to ${LAST}, not "${text}".`);
  }
  return port;
}

/** The port itself, or the next one on which nothing listens. */
export async function freePortFrom(port: number): Promise<number> {
  if (port > LAST) throw new Error('No port is free.');
  return (await isFree(port)) ? port : freePortFrom(port + 1);
}

export function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
