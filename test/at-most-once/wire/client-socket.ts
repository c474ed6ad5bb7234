import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';

const OPENED = 'net.client.socket';

/** The next connection of plain TCP that this process opens. */
export function nextClientSocket(): Promise<Socket> {
  return new Promise((resolve) => {
    const onOpened = (message: unknown): void => {
      unsubscribe(OPENED, onOpened);
      resolve((message as { readonly socket: Socket }).socket);
    };
    subscribe(OPENED, onOpened);
  });
}

/** Resolves when the system has taken everything that was written so far. */
export async function hasWritten(socket: Socket): Promise<void> {
  while (socket.bytesWritten === 0 || socket.writableLength > 0) await setImmediate();
}
