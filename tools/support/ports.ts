import { createServer } from 'node:net';

const MAX_PORT = 65535;

/** @throws Error with a message for the terminal */
export function readPort(text: string, lowest = 0): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < lowest || port > MAX_PORT) {
    throw new Error(`--port takes a number from ${lowest} to ${MAX_PORT}, not "${text}".`);
  }
  return port;
}

/** The port itself, or the next one on which nothing listens. */
export async function freePortFrom(port: number): Promise<number> {
  if (port > MAX_PORT) throw new Error('No port is free.');
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
