import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { setTimeout as delay } from 'node:timers/promises';
import type { Read } from './destination';

/** Only for a sender that never closes the connection, which is a failure. */
const MAX_WAIT_MS = 60_000;

/** The server's end of a connection. It reads nothing until a test calls a read method. */
export class Connection {
  #header = '';
  #afterHeader = 0;
  #bytes = 0;
  #over = false;
  #waiting: (() => void)[] = [];

  /**
   * @param wire the TCP connection
   * @param stream the stream of the request: the TCP connection, or TLS on it
   */
  constructor(
    private readonly wire: Socket,
    private readonly stream: Socket | TLSSocket,
  ) {
    for (const socket of [wire, stream]) {
      // These tests end connections on purpose, so errors are expected.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.#end();
      });
    }
    stream.on('end', () => {
      this.#end();
    });
  }

  /** How much of a request was read. Bytes that do not begin with a POST do not count. */
  get read(): Read {
    if (!this.#header.startsWith('POST /')) return 'nothing';
    if (!this.#header.endsWith('\r\n\r\n')) return 'part';
    const length = /^content-length: (\d+)\r$/im.exec(this.#header)?.[1];
    if (length === undefined) throw new Error(`How long is this request?\n${this.#header}`);
    return this.#afterHeader < Number(length) ? 'part' : 'whole';
  }

  readAnything(): Promise<void> {
    return this.#readUntil(() => this.#bytes > 0);
  }

  /** Reads the next bytes. @returns whether any came */
  async readMore(): Promise<boolean> {
    const before = this.#bytes;
    await this.#readUntil(() => this.#bytes > before);
    return this.#bytes > before;
  }

  readHeader(): Promise<void> {
    return this.#readUntil(() => this.#header.endsWith('\r\n\r\n'));
  }

  readRequest(): Promise<void> {
    return this.#readUntil(() => this.read === 'whole');
  }

  /** Reads what there is until the sender has closed the connection. False where it has not within a minute. */
  async readToTheEnd(): Promise<boolean> {
    const waited = new AbortController();
    const end = this.#readUntil(() => false).then(() => true);
    const limit = delay(MAX_WAIT_MS, false, { signal: waited.signal }).catch(() => false);
    const ended = await Promise.race([end, limit]);
    waited.abort();
    return ended;
  }

  /** Resolves after the handshake. */
  async secured(): Promise<void> {
    await once(this.stream, 'secure');
  }

  /** Writes the text byte for byte. @returns whether it could be written */
  write(text: string): Promise<boolean> {
    return written(this.stream, text);
  }

  /** Writes around TLS, directly to the TCP connection. */
  writeToWire(text: string): Promise<boolean> {
    return written(this.wire, text);
  }

  /** Closes the connection normally. */
  close(): void {
    this.stream.end();
  }

  /** A TCP reset. */
  reset(): void {
    this.wire.resetAndDestroy();
  }

  drop(): void {
    this.wire.destroy();
  }

  async #readUntil(enough: () => boolean): Promise<void> {
    if (this.stream.listenerCount('readable') === 0) {
      this.stream.on('readable', () => {
        this.#wake();
      });
    }
    while (!this.#over && !enough()) {
      const bytes = this.stream.read() as Buffer | null;
      if (bytes === null) await this.#more();
      else this.#take(bytes);
    }
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  #take(bytes: Buffer): void {
    this.#bytes += bytes.length;
    if (this.#header.endsWith('\r\n\r\n')) {
      this.#afterHeader += bytes.length;
      return;
    }
    const text = this.#header + bytes.toString('latin1');
    const headerLength = text.indexOf('\r\n\r\n') + 4;
    this.#header = headerLength < 4 ? text : text.slice(0, headerLength);
    this.#afterHeader = text.length - this.#header.length;
  }

  #end(): void {
    this.#over = true;
    this.#wake();
  }

  #wake(): void {
    for (const resume of this.#waiting.splice(0)) resume();
  }
}

function written(socket: Socket, text: string): Promise<boolean> {
  return new Promise((resolve) => {
    socket.write(text, 'latin1', (error) => {
      resolve(!error);
    });
  });
}
